/**
 * The arithmetic of the blocked symmetric sweep, for f32 and f64 in 128-bit vectors: what the module exports.
 *
 * Nothing here allocates. All memory is the imported one and laid out by the caller. Globals belong to one instance, and
 * every thread has an instance of its own, which it gives a scratch area once.
 */
import { packColumns, packRows, transpose } from './pack';
import { product } from './product';

export { gramRow } from './gram';
export { invertBlock } from './invertBlock';
export { setScratch } from './product';

export function multiply_f32(c: usize, stride: i32, a: usize, b: usize, m: i32, n: i32, depth: i32): void {
  product<f32>(c, stride, a, b, m, n, depth, false);
}
export function multiply_f64(c: usize, stride: i32, a: usize, b: usize, m: i32, n: i32, depth: i32): void {
  product<f64>(c, stride, a, b, m, n, depth, false);
}
export function subtract_f32(c: usize, stride: i32, a: usize, b: usize, m: i32, n: i32, depth: i32): void {
  product<f32>(c, stride, a, b, m, n, depth, true);
}
export function subtract_f64(c: usize, stride: i32, a: usize, b: usize, m: i32, n: i32, depth: i32): void {
  product<f64>(c, stride, a, b, m, n, depth, true);
}
export function packRows_f32(from: usize, stride: i32, to: usize, count: i32, depth: i32, group: i32): void {
  packRows<f32>(from, stride, to, count, depth, group);
}
export function packRows_f64(from: usize, stride: i32, to: usize, count: i32, depth: i32, group: i32): void {
  packRows<f64>(from, stride, to, count, depth, group);
}
export function packColumns_f32(from: usize, stride: i32, to: usize, count: i32, depth: i32, group: i32): void {
  packColumns<f32>(from, stride, to, count, depth, group);
}
export function packColumns_f64(from: usize, stride: i32, to: usize, count: i32, depth: i32, group: i32): void {
  packColumns<f64>(from, stride, to, count, depth, group);
}
export function transpose_f32(from: usize, fromStride: i32, to: usize, toStride: i32, rows: i32, columns: i32): void {
  transpose<f32>(from, fromStride, to, toStride, rows, columns);
}
export function transpose_f64(from: usize, fromStride: i32, to: usize, toStride: i32, rows: i32, columns: i32): void {
  transpose<f64>(from, fromStride, to, toStride, rows, columns);
}
