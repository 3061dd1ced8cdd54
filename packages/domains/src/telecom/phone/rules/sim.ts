import type { SimStatus, Phone } from "../schema.ts";

/** The card as the phone sees it: a missing card hides whether it is locked. */
export function getSimStatus(phone: Phone): SimStatus {
  return phone.sim_card_missing ? "missing" : phone.sim_card_status;
}
