import { totalmem } from 'node:os';
import { type ValueType } from './lowerTriangle.ts';

/** Bytes that a training run needs beside its triangle: the program, X with its index by titles, and the kept weights. */
export function bytesBesideTriangle(size: number, entries: number): number {
  const programBytes = 150e6;
  return entries * 16 + Math.min(size * size, 6_300_000) * 8 + programBytes;
}

/** Linux knows what could be had; elsewhere "free" leaves out what the system would give back, so half of all counts too. */
export const availableBytes = (): number =>
  process.platform === 'linux'
    ? process.availableMemory()
    : Math.max(process.availableMemory(), totalmem() / 2);

/** A training as the messages about its memory name it. */
export const trainingOf = (size: number, entries: number, valueType: ValueType): string =>
  `Training ${size} titles on ${entries} ratings in ${valueType}`;

/** @throws Error with the numbers when a training needs more than there is */
export function requireMemory(training: string, needed: number, available: number, help: string): void {
  if (needed > available)
    throw new Error(
      `${training} needs about ${gigabytes(needed)} of memory and ${gigabytes(available)} are free: ${help}`,
    );
}

export const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;
