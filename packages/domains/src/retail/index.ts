import { calculate, transferToHumanAgents } from "../core/tool/common-tools.ts";
import { defineDomain } from "../core/domain/domain.ts";
import { retailDb } from "./schema.ts";
import { cancelPendingOrder } from "./tools/cancel-pending-order.ts";
import { exchangeDeliveredOrderItems } from "./tools/exchange-delivered-order-items.ts";
import { findUserIdByEmail, findUserIdByNameZip } from "./tools/find-user.ts";
import { getItemDetails, getOrderDetails, getProductDetails, getUserDetails, listAllProductTypes } from "./tools/lookups.ts";
import { modifyPendingOrderAddress, modifyUserAddress } from "./tools/modify-address.ts";
import { modifyPendingOrderItems } from "./tools/modify-pending-order-items.ts";
import { modifyPendingOrderPayment } from "./tools/modify-pending-order-payment.ts";
import { returnDeliveredOrderItems } from "./tools/return-delivered-order-items.ts";

/**
 * Service desk of an online shop: cancellation and modification of pending orders, return and exchange of delivered ones.
 * The tools check statuses, stock and gift card balances. All other rules are only in the policy.
 */
export const retail = defineDomain({
  name: "retail",
  agent: {
    database: retailDb,
    // Models see the tools in this order, which is that of tau2-bench.
    tools: [
      calculate,
      cancelPendingOrder,
      exchangeDeliveredOrderItems,
      findUserIdByNameZip,
      findUserIdByEmail,
      getOrderDetails,
      getProductDetails,
      getItemDetails,
      getUserDetails,
      listAllProductTypes,
      modifyPendingOrderAddress,
      modifyPendingOrderItems,
      modifyPendingOrderPayment,
      modifyUserAddress,
      returnDeliveredOrderItems,
      transferToHumanAgents,
    ],
  },
  defaultSplit: "base",
  files: { db: "db.json", policy: "policy.md", tasks: "tasks.json" },
});

export type { RetailDb, Order, Product, User } from "./schema.ts";
