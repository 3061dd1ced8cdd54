import type { SimStatus, Phone } from "../schema/db.ts";

/** The card as the phone sees it: a missing card hides whether it is locked. */
export function simStatusOf(phone: Phone): SimStatus {
  return phone.sim_card_missing ? "missing" : phone.sim_card_status;
}
