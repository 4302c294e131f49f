/** The version of package.json, kept here so that `alta --version` reads no file. A test holds the two together. */
export const version = '0.1.0';
