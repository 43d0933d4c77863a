// What a parser like twitter-together's does for the same files: it finds the front matter, and
// reads it with js-yaml (lib/common/parse-tweet-file-content.js; it then weighs each text, which is
// left out). `NODE_PATH=… node scripts/peer_parser.js FOLDER`
const { readdirSync, readFileSync } = require("fs");
const { EOL } = require("os");
const { join } = require("path");
const { load } = require("js-yaml");

const FRONT_MATTER = new RegExp(`^---${EOL}([\\s\\S]*?)${EOL}---(?:$|(?:${EOL})+)`);

const folder = join(process.argv[2], "campaigns");
let posts = 0;
for (const name of readdirSync(folder).filter((each) => each.endsWith(".yaml"))) {
  const text = `---${EOL}${readFileSync(join(folder, name), "utf8")}${EOL}---${EOL}`;
  const match = text.match(FRONT_MATTER);
  posts += Object.keys(load(match[1]).posts).length;
}
if (!posts) process.exit(1);
