import { transferToHumanAgents } from "../../core/tool/common-tools.ts";
import { disableRoaming } from "./disable-roaming.ts";
import { enableRoaming } from "./enable-roaming.ts";
import { getBillsForCustomer } from "./get-bills-for-customer.ts";
import { getCustomerById } from "./get-customer-by-id.ts";
import { getCustomerByName } from "./get-customer-by-name.ts";
import { getCustomerByPhone } from "./get-customer-by-phone.ts";
import { getDataUsage } from "./get-data-usage.ts";
import { getDetailsById } from "./get-details-by-id.ts";
import { refuelData } from "./refuel-data.ts";
import { resumeLine } from "./resume-line.ts";
import { sendPaymentRequest } from "./send-payment-request.ts";
import { suspendLine } from "./suspend-line.ts";

/** The agent's tools in the reference's order: models are shown them in it. */
export const carrierTools = [
  getCustomerByPhone,
  getCustomerById,
  getCustomerByName,
  getDetailsById,
  suspendLine,
  resumeLine,
  getBillsForCustomer,
  sendPaymentRequest,
  getDataUsage,
  enableRoaming,
  disableRoaming,
  transferToHumanAgents,
  refuelData,
];
