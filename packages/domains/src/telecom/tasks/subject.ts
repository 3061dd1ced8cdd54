/** Whom every composed task is about: facts of the starter database. */
export const subject = { name: "John Smith", customerId: "C1001", phone: "555-123-2002", lineId: "L1002" } as const;

/** The arguments that name the subject's line. */
export const subjectLine = { customer_id: subject.customerId, line_id: subject.lineId } as const;

/** The bill that a suspension for debt makes. */
export const overdueBillId = "B1234321";

/** Gigabytes that the subject agrees to buy. */
export const refuelGb = 2;
