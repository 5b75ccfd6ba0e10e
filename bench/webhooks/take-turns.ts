import type { Timings } from "./in-parallel.ts";

/** How many pushes are sent in one go, how often, and how many at a time. */
export type Load = { pushes: number; repeats: number; widths: number[] };

/** Does one go of the load, `width` at a time. */
export type Contender = { what: string; run(width: number): Promise<Timings> };

/** What was done, so many at a time, and how long all repeats took. */
export type Series = { what: string; width: number; timings: Timings };

/** Lets the contenders go one after the other, again and again. The first time warms up, and is not counted. */
export async function takeTurns(
  contenders: readonly Contender[],
  { repeats, widths }: Load,
  progress: (line: string) => void,
): Promise<Series[]> {
  const series: Series[] = [];
  for (const width of widths) {
    const results = contenders.map(
      ({ what }): Series => ({ what, width, timings: { each: [], together: 0 } }),
    );
    for (let repeat = 0; repeat <= repeats; repeat += 1) {
      for (const [index, contender] of contenders.entries()) {
        const { each, together } = await contender.run(width);
        const timings = results[index]?.timings;
        if (repeat === 0 || !timings) continue;
        timings.each.push(...each);
        timings.together += together;
      }
      progress(
        `${contenders[0]?.what}, ${width} at a time: ${repeat === 0 ? "warm-up" : `${repeat}/${repeats}`}`,
      );
    }
    series.push(...results);
  }
  return series;
}
