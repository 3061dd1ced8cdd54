import { getEnv, type AsyncTau2BenchEnv, type Tau2BenchEnv, type Tau2BenchKeywords } from "@tau2/gym/training";
import type { Subject } from "../domains.ts";
import { scriptedCast, type JudgeScript, type UserScript } from "./scripted-cast.ts";

/** A record's environment: its keywords, and who takes part. */
export interface EnvLine {
  config: Record<string, unknown>;
  user_script: UserScript;
  judge: JudgeScript;
}

/** Creates the environment of a record, on the data that it was made with; `log` receives the requests. */
export function environmentOf(line: EnvLine, subject: Subject, log: string[] = []): Tau2BenchEnv | AsyncTau2BenchEnv {
  const { name = "tau2bench", ...config } = line.config;
  const cast = scriptedCast(line.user_script, line.judge, log);
  const keywords = { ...config, ...cast, domain: subject.domain, data: subject.data, new_id: subject.setup().newId };
  return getEnv(name as string, keywords as Tau2BenchKeywords);
}
