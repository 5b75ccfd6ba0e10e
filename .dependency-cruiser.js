/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, path: "^src", pathNot: "^src/main\\.ts$" },
      to: {},
    },
    {
      name: "core-is-pure",
      comment: "The core imports zod, a YAML parser, hashing and itself: no I/O, no clock, no randomness.",
      severity: "error",
      from: { path: "^src/core/" },
      to: { pathNot: ["^src/core/", "^node_modules/(zod|yaml|fastest-levenshtein)/", "^(node:)?crypto$"] },
    },
    {
      name: "adapters-know-no-other",
      comment: "An adapter imports the core and its own port, never another adapter.",
      severity: "error",
      from: { path: "^src/(forges|builders|registry|context|connections)/" },
      to: { path: "^src/", pathNot: ["^src/core/", "^src/$1/"] },
    },
    {
      name: "queue-and-history-share-connections",
      comment: "Both are kept in one place, over the same connections; only storage/ joins them.",
      severity: "error",
      from: { path: "^src/(queue|history)/" },
      to: { path: "^src/", pathNot: ["^src/core/", "^src/$1/", "^src/connections/"] },
    },
    {
      name: "storage-knows-what-it-joins",
      severity: "error",
      from: { path: "^src/storage/" },
      to: { path: "^src/", pathNot: ["^src/(core|connections|queue|history|storage)/"] },
    },
    {
      name: "forges-know-no-other",
      comment: "What forges would write alike is in src/forges/common, which knows none of them.",
      severity: "error",
      from: { path: "^src/forges/([^/]+)/" },
      to: { path: "^src/forges/[^/]+/", pathNot: ["^src/forges/$1/", "^src/forges/common/"] },
    },
    {
      name: "builds-know-ports-only",
      comment: "Use cases see ports; only compose.ts joins them to adapters.",
      severity: "error",
      from: { path: "^src/builds/" },
      to: {
        path: "^src/(forges|builders)/[^/]+/|^src/(?:web|settings|connections|storage)/|^src/queue/(?!(?:build|event|upload)-queue\\.ts)|^src/history/(?!(?:upload-)?history\\.ts)|^src/registry/(?!(?:registry|image-shelf)\\.ts)",
      },
    },
    {
      name: "web-knows-no-adapter",
      severity: "error",
      from: { path: "^src/web/" },
      to: {
        path: "^src/(builders|queue|registry|context|settings|connections|storage)/|^src/history/(?!history\\.ts)",
      },
    },
    {
      name: "src-knows-no-test",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(test|demo|bench)/" },
    },
    {
      name: "tests-of-the-core-are-pure",
      severity: "error",
      from: { path: "^test/unit/core/" },
      to: { path: "^src/(?!core/)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".js", ".json"],
    },
  },
};
