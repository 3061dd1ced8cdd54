// A page's program: no files, no Node; the data is passed in.
import { Environment, createEnvironmentConfig, parseInlineData } from "@tau2/domains";
import { airline } from "@tau2/domains/airline";
import db from "@tau2/domains/data/airline/db.json";

export function play() {
  const data = parseInlineData(airline, { db, policy: "Be on time." });
  const environment = new Environment(createEnvironmentConfig(airline, data));
  return environment.call("get_user_details", { user_id: Object.keys(db.users)[0] }).content;
}
