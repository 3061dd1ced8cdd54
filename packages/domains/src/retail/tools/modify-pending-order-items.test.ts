import { describe, expect, test } from "vitest";
import { parseOrder, createItem, getGiftBalance, withGiftBalance, ids, createSmallShop } from "../../../test/retail/small-shop.ts";

type Shop = ReturnType<typeof createSmallShop>;
type Replacing = readonly (readonly [keyof typeof ids, keyof typeof ids])[];

function modify(desk: Shop, replacing: Replacing, payment_method_id = "credit_card_1", order_id = "#W1") {
  const item_ids = replacing.map(([old]) => ids[old]);
  const new_item_ids = replacing.map(([, wanted]) => ids[wanted]);
  return desk.call("modify_pending_order_items", { order_id, item_ids, new_item_ids, payment_method_id });
}

const shopWithItems = (...items: (keyof typeof ids)[]) => createSmallShop({ orders: { "#W1": { items: items.map(createItem) } } });

test("a modified item gets the id, price and options of its new variant and keeps its product", () => {
  const modified = parseOrder(modify(createSmallShop(), [["brassLamp", "blackLamp"]]));
  expect(modified.status).toBe("pending (item modified)");
  expect(modified.items).toEqual([createItem("redMug"), createItem("blackLamp"), createItem("redMug")]);
});

describe("the price difference of modified items", () => {
  const entry = (...replacing: Replacing) =>
    modify(createSmallShop(), replacing, "paypal_1").content?.match(/64\.8, [^}]*\}, (\{[^}]*\})/)?.[1];

  test("is charged or refunded to the given method without rounding", () => {
    expect(entry(["redMug", "whiteMug"])).toBe('{"transaction_type": "payment", "amount": 3.25, "payment_method_id": "paypal_1"}');
    expect(entry(["brassLamp", "blackLamp"])).toBe(
      '{"transaction_type": "refund", "amount": 5.150000000000006, "payment_method_id": "paypal_1"}',
    );
  });

  test("is one payment for all items", () => {
    expect(entry(["redMug", "whiteMug"], ["brassLamp", "blackLamp"])).toContain('"refund", "amount": 1.9000000000000057');
  });

  test("changes the balance of a gift card in whole cents", () => {
    const desk = createSmallShop();
    modify(desk, [["brassLamp", "blackLamp"]], "gift_card_1");
    expect(getGiftBalance(desk)).toBe(25.15);
  });

  test("must be covered by the gift card before rounding", () => {
    const shop = (balance: number) =>
      createSmallShop({ orders: { "#W1": { items: [createItem("blueMug")] } }, ...withGiftBalance(balance) });
    const dearer: Replacing = [["blueMug", "redMug"]];
    expect(modify(shop(2.2), dearer, "gift_card_1").content).toBe("Error: Insufficient gift card balance to pay for the new item");
    const desk = shop(2.21);
    expect(modify(desk, dearer, "gift_card_1").content).toContain('"amount": 2.200000000000001');
    expect(getGiftBalance(desk)).toBe(0.01);
  });
});

describe("several modified items in one call", () => {
  const idsIn = (message: { content: string | null }) => parseOrder(message).items.map(({ item_id }) => item_id);

  test("get their own ids, but the price and options of the last variant", () => {
    const { items } = parseOrder(
      modify(createSmallShop(), [
        ["brassLamp", "blackLamp"],
        ["redMug", "whiteMug"],
      ]),
    );
    const { price, options } = createItem("whiteMug");
    expect(items).toEqual([createItem("whiteMug"), { ...createItem("blackLamp"), price, options }, createItem("redMug")]);
  });

  test("replace a duplicate item in the order of the list", () => {
    const replaced = modify(createSmallShop(), [
      ["redMug", "blueMug"],
      ["redMug", "whiteMug"],
    ]);
    expect(idsIn(replaced)).toEqual([ids.blueMug, ids.brassLamp, ids.whiteMug]);
  });

  test("replace an already replaced item before a later one with the same id", () => {
    const replaced = modify(shopWithItems("redMug", "blueMug"), [
      ["redMug", "blueMug"],
      ["blueMug", "whiteMug"],
    ]);
    expect(idsIn(replaced)).toEqual([ids.whiteMug, ids.blueMug]);
  });
});

test("an order with modified items cannot be modified again or cancelled", () => {
  const desk = createSmallShop();
  modify(desk, [["redMug", "blueMug"]]);
  expect(modify(desk, [["brassLamp", "blackLamp"]]).content).toBe("Error: Non-pending order cannot be modified");
  expect(desk.call("cancel_pending_order", { order_id: "#W1", reason: "no longer needed" }).content).toBe(
    "Error: Non-pending order cannot be cancelled",
  );
});

test("a modification without items adds a refund of 0.0 and counts as the only modification", () => {
  const desk = createSmallShop();
  expect(modify(desk, []).content).toContain('{"transaction_type": "refund", "amount": 0.0, "payment_method_id": "credit_card_1"}]');
  expect(desk.db.orders["#W1"]!.status).toBe("pending (item modified)");
  expect(desk.db.orders["#W1"]!.items).toEqual([createItem("redMug"), createItem("brassLamp"), createItem("redMug")]);
});

describe("a modification of items fails without changes", () => {
  test.each<[string, Replacing, string]>([
    ["for an item outside the order", [["whiteMug", "redMug"]], `${ids.whiteMug} not found`],
    [
      "for an item named more often than ordered",
      [
        ["redMug", "blueMug"],
        ["redMug", "blueMug"],
        ["redMug", "blueMug"],
      ],
      `${ids.redMug} not found`,
    ],
    ["for the same variant", [["redMug", "redMug"]], "The new item id should be different from the old item id"],
    ["for a variant of another product", [["redMug", "blackLamp"]], "Variant not found"],
    ["for a variant that is sold out", [["redMug", "soldOutMug"]], `New item ${ids.soldOutMug} not found or available`],
  ])("%s", (_, replacing, text) => {
    const desk = createSmallShop();
    // The items are checked before the unknown payment method.
    expect(modify(desk, replacing, "credit_card_9").content).toBe(`Error: ${text}`);
    expect(desk.diff().agent).toEqual([]);
  });

  test("if the two lists differ in length", () => {
    const args = { order_id: "#W1", item_ids: [ids.redMug], new_item_ids: [], payment_method_id: "credit_card_1" };
    expect(createSmallShop().call("modify_pending_order_items", args).content).toBe(
      "Error: The number of items to be exchanged should match",
    );
  });

  test("with an unknown payment method", () => {
    expect(modify(createSmallShop(), [["redMug", "blueMug"]], "credit_card_9").content).toBe("Error: Payment method not found");
  });

  test.each(["#W2", "#W3"])("for the order %s, which is not pending", (id) => {
    expect(modify(createSmallShop(), [["redMug", "redMug"]], "credit_card_9", id).content).toBe(
      "Error: Non-pending order cannot be modified",
    );
  });
});
