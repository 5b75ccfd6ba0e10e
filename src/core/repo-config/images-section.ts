import { z } from "zod";
import { ImageSection } from "./image-section.ts";

const MAX_IMAGES = 50;

/** The images of a repository: with several, each has a name, and no two share a name or a path. */
export const ImagesSection = z
  .array(ImageSection, "expected a list of images")
  .min(1, "expected at least one image")
  .max(MAX_IMAGES, `expected at most ${MAX_IMAGES} images`)
  .superRefine(
    (images, { addIssue }) => {
      const firsts = { name: new Map<string, number>(), image: new Map<string, number>() };
      const addFault = (at: number, key: string, message: string) =>
        addIssue({ code: "custom", path: [at, key], message, input: undefined });
      for (const [at, image] of images.entries()) {
        if (typeof image !== "object" || image === null) continue;
        if (images.length > 1 && image.name === undefined)
          addFault(at, "name", "expected a name for each of several images");
        for (const key of ["name", "image"] as const) {
          const value = image[key];
          if (typeof value !== "string") continue;
          const first = firsts[key].get(value);
          if (first === undefined) firsts[key].set(value, at);
          else addFault(at, key, `\`images[${first}]\` has the same ${key}, and each needs its own`);
        }
      }
    },
    // Beside other faults too, so that all are told at once.
    { when: ({ value }) => Array.isArray(value) },
  );
