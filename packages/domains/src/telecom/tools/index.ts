import { transferToHumanAgents } from "../../core/tool/common-tools.ts";
import { disableRoaming, enableRoaming } from "./roaming.ts";
import { getBillsForCustomer, getDataUsage, getDetailsById } from "./lookups.ts";
import { getCustomerById, getCustomerByName, getCustomerByPhone } from "./find-customer.ts";
import { refuelData } from "./refuel-data.ts";
import { resumeLine, suspendLine } from "./line-status.ts";
import { sendPaymentRequest } from "./send-payment-request.ts";
/** The agent's tools in tau2-bench's order, in which models see them. */
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
