/** A fault at an offset in the text. */
export type TextFault = { offset: number; message: string };
