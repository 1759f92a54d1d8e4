// Headless Chromium, driven by lines of JSON on standard input, each answered by one line: {"value": …} or {"error": text}.
//   {"open": url}                 a fresh tab of a fresh profile, at 1280x860 in the light theme unless "width", "height", "theme" say otherwise;
//                                 "phone": true for a touch screen, "before": script that runs ahead of those of the page,
//                                 "zone": a time zone such as Europe/Berlin
//   {"resize": [width, height]}   of the window, in CSS pixels
//   {"evaluate": expression}      its value; promises are awaited
//   {"until": expression, "seconds": n}   waits until it is true
//   {"move": [x, y]}  {"click": [x, y]}  {"press": key}
//   {"type": text, "in": selector}        key by key
//   {"drag": [[x, y], [x, y]]}            with the mouse
//   {"touch": [[[x, y], …], …]}           where the fingers are, step by step
//   {"axe": true}                 what breaks the rules of axe-core: "rule: element"
//   {"download": selector, "to": file}    clicks and saves what comes of it
//   {"screenshot": file}
//   {"messages": true}            warnings and errors of the page's console since the last time
const { chromium } = require("playwright-core");
const fs = require("fs");
const readline = require("readline");

const LONGEST_ANSWER_MILLIS = 120_000;
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required", "--mute-audio",
];

let browser;
let context;
let page;
let messages = [];

async function open({ open: url, width = 1280, height = 860, theme = "light", phone = false, before = "", zone }) {
  await context?.close();
  const screen = { viewport: { width, height }, colorScheme: theme, hasTouch: phone, isMobile: phone };
  context = await browser.newContext({ ...screen, timezoneId: zone, acceptDownloads: true });
  await context.addInitScript(before);
  page = await context.newPage();
  messages = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      messages.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on("pageerror", (error) => messages.push(String(error)));
  await page.goto(url, { waitUntil: "load" });
}

async function download({ download: selector, to }) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.click(selector)]);
  await file.saveAs(to);
  return file.suggestedFilename();
}

/** Asked from here: the page's own policy forbids it to evaluate strings. */
async function until({ until: expression, seconds }) {
  const end = Date.now() + seconds * 1000;
  while (!(await page.evaluate(expression))) {
    if (Date.now() > end) throw new Error(`not within ${seconds} s`);
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

async function drag([from, to]) {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  await page.mouse.move(...to);
  await page.mouse.up();
}

async function touch(steps) {
  const session = await context.newCDPSession(page);
  for (const [index, fingers] of steps.entries()) {
    const touchPoints = fingers.map(([x, y], id) => ({ x, y, id }));
    await session.send("Input.dispatchTouchEvent", { type: index ? "touchMove" : "touchStart", touchPoints });
  }
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await session.detach();
}

async function axe() {
  await page.evaluate(fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate("axe.run()");
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`));
}

async function answer(command) {
  if (command.open) return open(command);
  if (command.resize) return page.setViewportSize({ width: command.resize[0], height: command.resize[1] });
  if (command.evaluate) return page.evaluate(command.evaluate);
  if (command.until) return until(command);
  if (command.move) return page.mouse.move(...command.move);
  if (command.click) return page.mouse.click(...command.click);
  if (command.press) return page.keyboard.press(command.press);
  if (command.type) return page.locator(command.in).pressSequentially(command.type);
  if (command.drag) return drag(command.drag);
  if (command.touch) return touch(command.touch);
  if (command.axe) return axe();
  if (command.download) return download(command);
  if (command.screenshot) return page.screenshot({ path: command.screenshot }).then(() => null);
  if (command.messages) return messages.splice(0);
  throw new Error(`unknown command ${JSON.stringify(command)}`);
}

function inTime(work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer from the browser")), LONGEST_ANSWER_MILLIS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function main() {
  browser = await chromium.launch({ executablePath: process.argv[2], headless: true, args: FLAGS });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    try {
      const value = await inTime(answer(JSON.parse(line)));
      process.stdout.write(`${JSON.stringify({ value: value ?? null })}\n`);
    } catch (error) {
      process.stdout.write(`${JSON.stringify({ error: String(error) })}\n`);
    }
  }
  await browser.close();
}

main().catch((error) => {
  process.stderr.write(`${error.stack || error}\n`);
  process.exit(1);
});
