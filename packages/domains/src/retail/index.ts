import { calculate, transferToHumanAgents } from "../core/tool/common-tools.ts";
import { defineDomain } from "../core/domain/domain.ts";
import { retailDb, type RetailDb } from "./schema/db.ts";
import { cancelPendingOrder } from "./tools/cancel-pending-order.ts";
import { exchangeDeliveredOrderItems } from "./tools/exchange-delivered-order-items.ts";
import { findUserIdByEmail } from "./tools/find-user-id-by-email.ts";
import { findUserIdByNameZip } from "./tools/find-user-id-by-name-zip.ts";
import { getItemDetails } from "./tools/get-item-details.ts";
import { getOrderDetails } from "./tools/get-order-details.ts";
import { getProductDetails } from "./tools/get-product-details.ts";
import { getUserDetails } from "./tools/get-user-details.ts";
import { listAllProductTypes } from "./tools/list-all-product-types.ts";
import { modifyPendingOrderAddress } from "./tools/modify-pending-order-address.ts";
import { modifyPendingOrderItems } from "./tools/modify-pending-order-items.ts";
import { modifyPendingOrderPayment } from "./tools/modify-pending-order-payment.ts";
import { modifyUserAddress } from "./tools/modify-user-address.ts";
import { returnDeliveredOrderItems } from "./tools/return-delivered-order-items.ts";

/**
 * An online shop's service desk: cancelling and modifying pending orders, returns and exchanges of delivered ones.
 * The tools enforce statuses, stock and gift-card balances; everything else that is forbidden stands in the policy only.
 */
export const retail = defineDomain({
  name: "retail",
  agent: {
    database: retailDb,
    // The order is the reference's: models are shown the tools in it.
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

export type { Address, RetailDb, Order, OrderItem, Transaction, PaymentMethod, Product, Variant, User } from "./schema/db.ts";
