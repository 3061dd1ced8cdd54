/** Parses a whole number from an option. @throws Error naming the option, for another text */
export function parseCountOption(name: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a whole number from 1, not '${text}'`);
}
