// Bundles the one library of the page into noble.js, from what package-lock.json pins:
//   npm ci --ignore-scripts && node bundle.mjs
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const names = ["@noble/curves", "@noble/hashes"];
const told = names.map((name) => {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  return `${name} ${version} (https://github.com/paulmillr)\n\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8")}`;
});
await build({
  stdin: {
    contents: `
      export { bls12_381 } from "@noble/curves/bls12-381.js";
      export { hmac } from "@noble/hashes/hmac.js";
      export { sha256 } from "@noble/hashes/sha2.js";`,
    resolveDir: ".",
  },
  bundle: true,
  minify: true,
  charset: "ascii",
  format: "iife",
  globalName: "noble",
  target: "es2020",
  legalComments: "none",
  banner: { js: `/*! Bundled by scripts/verify_page/bundle.mjs of\n${told.join("\n")}*/` },
  outfile: "noble.js",
});
