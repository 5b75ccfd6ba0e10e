import { expect, it } from "vitest";
import { imageLabelsOf } from "../../../src/core/image-labels.ts";
import { buildRequestOf } from "../../contract/build-request.ts";

it("an image has its own labels and the usual ones, which it cannot change", () => {
  const request = buildRequestOf(1);
  const labels = {
    "com.example.team": "shoes",
    "org.opencontainers.image.title": "Shop",
    "org.opencontainers.image.revision": "another",
    "org.opencontainers.image.source": "https://evil.example.com",
  };
  expect(imageLabelsOf({ ...request, image: { ...request.image, labels } })).toEqual({
    "com.example.team": "shoes",
    "org.opencontainers.image.title": "Shop",
    "org.opencontainers.image.revision": request.commit,
    "org.opencontainers.image.source": "https://github.com/acme/shop",
    "org.opencontainers.image.created": "2026-01-02T00:00:00.000Z",
    "org.opencontainers.image.version": "main",
    "dev.pushwright.line": "branch main",
  });
});

it.each([
  [{ gitTag: "v1.2.3" }, "v1.2.3"],
  [{ branch: "dev" }, "dev"],
])("an image of %j has the version %s", (place, version) => {
  expect(imageLabelsOf(buildRequestOf(1, place))["org.opencontainers.image.version"]).toBe(version);
});
