import { randomInt } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Time and fresh ids for rules, which ask nobody else for them. */
export interface Mint {
  /** Unix time in whole seconds, as every time on this wire. */
  nowSeconds: number;
  /** A new id with the given prefix: `pi`, `ch`, `re`, `pm`, `evt`, `req`. */
  newId(prefix: string): string;
}

/** Unguessable text of the given length, safe in a URL. */
export function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

export function newId(prefix: string): string {
  return `${prefix}_3${randomText(23)}`;
}

export function mintNow(): Mint {
  return { nowSeconds: Math.floor(Date.now() / 1000), newId };
}
