import { expect, test } from "vitest";
import { createSmallAirline } from "../../../test/airline/small-airline.ts";

const send = (desk: ReturnType<typeof createSmallAirline>, amount: number) =>
  desk.call("send_certificate", { user_id: "ana_ruiz_1001", amount });

test("a certificate is added to the payment methods of the customer", () => {
  const desk = createSmallAirline();
  expect(send(desk, 100).content).toBe("Certificate certificate_3221322 added to user ana_ruiz_1001 with amount 100.");
  expect(desk.db.users["ana_ruiz_1001"]!.payment_methods["certificate_3221322"]).toEqual({
    source: "certificate",
    id: "certificate_3221322",
    amount: 100,
  });
  expect(desk.call("get_user_details", { user_id: "ana_ruiz_1001" }).content).toContain('"certificate_3221322", "amount": 100.0}');
});

test("a customer has at most three certificates from send_certificate", () => {
  const desk = createSmallAirline();
  for (const amount of [50, 100, 150]) expect(send(desk, amount).error).toBe(false);
  expect(send(desk, 200).content).toBe("Error: Too many certificates");
});

test("a certificate for an unknown customer fails", () => {
  expect(createSmallAirline().call("send_certificate", { user_id: "ana_none_1", amount: 1 }).content).toBe(
    "Error: User ana_none_1 not found",
  );
});
