import {
  ArgumentScannerError,
  formatMessageForArgumentScannerError,
  text_en,
  type ApplicationText,
  type ArgumentParseError,
  type FlagNotFoundError,
} from "@stricli/core";
import { whichDomain } from "../domain/load-domain.ts";
import { unsupportedOption } from "./unsupported-options.ts";

/** Messages of the parser, in the manner of our other errors. */
export const parserText: ApplicationText = {
  ...text_en,
  noCommandRegisteredForInput: ({ input, corrections }) =>
    `error: no command '${input}'${hint(corrections.map((name) => name.replaceAll("`", "")))}`,
  exceptionWhileParsingArguments(thrown) {
    if (!(thrown instanceof ArgumentScannerError)) return text_en.exceptionWhileParsingArguments.call(this, thrown, false);
    const message = formatMessageForArgumentScannerError(thrown, {
      FlagNotFoundError: unknownFlag,
      ArgumentParseError: badValue,
      UnexpectedPositionalError: ({ input }) =>
        `'${input}' is one word too many; options begin with --, and a value with spaces needs quotes`,
      UnsatisfiedFlagError: ({ externalFlagName }) => `${flag(externalFlagName)} needs a value`,
      UnsatisfiedPositionalError: ({ placeholder }) => missingWord(placeholder),
      UnexpectedFlagError: ({ externalFlagName, previousInput, input }) =>
        `${flag(externalFlagName)} is given twice: ${previousInput} and ${input}`,
      AliasNotFoundError: ({ input }) => `no option -${input}`,
    });
    return `error: ${message}`;
  },
};

function missingWord(placeholder: string): string {
  if (placeholder === "domain") return whichDomain();
  return `${placeholder.toUpperCase()} is missing; add --help to see what the command takes`;
}

function unknownFlag({ input, corrections }: FlagNotFoundError): string {
  const word = unsupportedOption(input.replace(/^--/, ""));
  if (word) return `--${input} is not supported: ${word}`;
  return `no option --${input}${hint(corrections.map(flag))}`;
}

function badValue({ externalFlagNameOrPlaceholder, input, exception }: ArgumentParseError): string {
  const problem = exception instanceof Error ? exception.message : String(exception);
  return `${flag(externalFlagNameOrPlaceholder)} ${problem}, not ${input}`;
}

/** Flags as they are written: the parser keeps some of them in camel case. */
function flag(name: string): string {
  return `--${name.replace(/^--/, "").replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function hint(corrections: readonly string[]): string {
  return corrections.length > 0 ? `; did you mean '${corrections[0]!}'?` : "; `tau2 --help` lists what there is";
}
