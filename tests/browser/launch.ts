import { chromium, type Browser } from 'playwright-core';

/** Chromium as the tests and the pictures of the documentation use it. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['MARQUEE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'], // prettier-ignore
  });
