/** The SHA that stands for "no object" before a ref is created and after it is deleted. */
export const NO_OBJECT = "0".repeat(40);
