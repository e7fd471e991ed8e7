/** A disk signature as diskpart prints it: eight upper-case hex digits. */
export const signatureText = (signature: number): string =>
  signature.toString(16).padStart(8, '0').toUpperCase();
