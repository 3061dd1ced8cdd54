/** Dollars for each checked bag beyond the free allowance. */
export const bagFee = 50;

/** Dollars for the travel insurance of one passenger. */
export const insuranceFee = 30;
