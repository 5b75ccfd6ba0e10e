import { describe } from "vitest";
import { describeImageShelf } from "../../contract/image-shelf.ts";
import { createFakeImageShelf } from "../../fakes/fake-image-shelf.ts";

describe("the stand-in", () => describeImageShelf(async () => createFakeImageShelf()));
