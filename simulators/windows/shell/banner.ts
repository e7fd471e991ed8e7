// Years by major.minor (and build): 6.0 and 6.1 as printed in Rackspace's listings; the others are general knowledge.
const copyrights: readonly (readonly [prefix: RegExp, line: string])[] = [
  [/^6\.0\b/, 'Copyright (c) 2006 Microsoft Corporation.  All rights reserved.'],
  [/^6\.1\b/, 'Copyright (c) 2009 Microsoft Corporation.  All rights reserved.'],
  [/^6\.2\b/, '(c) 2012 Microsoft Corporation. All rights reserved.'],
  [/^6\.3\b/, '(c) 2013 Microsoft Corporation. All rights reserved.'],
  [/^10\.0\.14393\b/, '(c) 2016 Microsoft Corporation. All rights reserved.'],
  [/^10\.0\.17763\b/, '(c) 2018 Microsoft Corporation. All rights reserved.'],
];

/** `Microsoft Windows [Version 10.0.17763]`: what `ver` prints. */
export function versionLine(version: string): string {
  return `Microsoft Windows [Version ${version}]`;
}

/** The two lines with which an interactive cmd begins, and the blank one after them. */
export function shellBanner(version: string): string {
  const copyright = copyrights.find(([prefix]) => prefix.test(version))?.[1];
  return `${versionLine(version)}\r\n${copyright ?? '(c) Microsoft Corporation. All rights reserved.'}\r\n`;
}
