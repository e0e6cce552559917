// SPDX-License-Identifier: BSD-3-Clause
// node check.mjs PATH_OF_HLX_SIM: starts a simulated venue and trades on it
// with @nktkas/hyperliquid, by HTTP and by WebSocket. Exits 0 when every step
// went as on the venue.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { privateKeyToAccount } from "viem/accounts";
import { WebSocket } from "ws";
import {
  ExchangeClient,
  HttpTransport,
  InfoClient,
  SubscriptionClient,
  WebSocketTransport,
} from "@nktkas/hyperliquid";
import { SymbolConverter } from "@nktkas/hyperliquid/utils";

globalThis.WebSocket ??= WebSocket; // Node 20 has none of its own.

const alice = privateKeyToAccount(`0x${"01".repeat(32)}`);
const bob = privateKeyToAccount(`0x${"02".repeat(32)}`);
const agent = privateKeyToAccount(`0x${"03".repeat(32)}`);
const deadline_ms = 20_000;

async function start_venue(program) {
  const child = spawn(
    program,
    ["venue", "--port", "0", "--control-port", "0",
      "--fund", `${alice.address}=100000`, "--fund", `${bob.address}=100000`],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ports = [];
  for await (const line of createInterface({ input: child.stdout })) {
    ports.push(Number(line.split(":").pop()));
    if (ports.length === 2) break;
  }
  return { child, port: ports[0], control_port: ports[1] };
}

// Collects what a subscription brings; until() waits for an item.
class inbox {
  items = [];
  #wake = [];

  push = (item) => {
    this.items.push(item);
    for (const wake of this.#wake.splice(0)) wake();
  };

  async until(what, predicate) {
    const late = Date.now() + deadline_ms;
    for (;;) {
      const found = this.items.find(predicate);
      if (found) return found;
      assert(Date.now() < late, `never heard of ${what}: ${JSON.stringify(this.items)}`);
      await Promise.race([
        new Promise((resolve) => this.#wake.push(resolve)),
        new Promise((resolve) => setTimeout(resolve, 1000)),
      ]);
    }
  }
}

const steps = [];
const step = (name, run) => steps.push({ name, run });

const limit = (asset, buy, price, size, extra = {}) => ({
  a: asset, b: buy, p: price, s: size, r: false,
  t: { limit: { tif: "Gtc" } }, ...extra,
});
// Large: the SDK takes a small one for an oid.
const cloid = (n) => `0xfeed${n.toString(16).padStart(28, "0")}`;
const orders = (...list) => ({ orders: list, grouping: "na" });
const status_of = (reply) => reply.response.data.statuses[0];
const fails = (promise, text) => assert.rejects(promise, (e) => {
  assert.match(String(e.message), text);
  return true;
});

// The same steps by either transport.
function trade(label, client) {
  const x = {};
  step(`${label}: an order rests`, async (c) => {
    x.a = client(c, alice);
    const reply = await x.a.order(orders(limit(0, true, "55000", "0.01", { c: cloid(c.next()) })));
    x.resting = status_of(reply).resting;
    assert(x.resting.oid > 1000);
  });
  step(`${label}: it shows in queries`, async (c) => {
    const open = await c.info.openOrders({ user: alice.address });
    assert(open.some((o) => o.oid === x.resting.oid && o.sz === "0.01" && o.limitPx === "55000.0"));
    const front = await c.info.frontendOpenOrders({ user: alice.address });
    assert(front.some((o) => o.oid === x.resting.oid && o.tif === "Gtc" && o.orderType === "Limit"));
    const by_oid = await c.info.orderStatus({ user: alice.address, oid: x.resting.oid });
    assert.equal(by_oid.order.status, "open");
    const by_cloid = await c.info.orderStatus({ user: alice.address, oid: x.resting.cloid });
    assert.equal(by_cloid.order.order.oid, x.resting.oid);
  });
  step(`${label}: batchModify gives a new oid`, async () => {
    const reply = await x.a.batchModify({
      modifies: [{ oid: x.resting.oid, order: limit(0, true, "55010", "0.02", { c: x.resting.cloid }) }],
    });
    x.moved = status_of(reply).resting;
    assert(x.moved.oid > x.resting.oid);
  });
  step(`${label}: modify answers default`, async (c) => {
    const reply = await x.a.modify({
      oid: x.moved.oid, order: limit(0, true, "55020", "0.02", { c: x.resting.cloid }),
    });
    assert.equal(reply.response.type, "default");
    const now = await c.info.orderStatus({ user: alice.address, oid: x.resting.cloid });
    assert(now.order.order.oid > x.moved.oid);
  });
  step(`${label}: cancelByCloid, and again`, async () => {
    const what = { cancels: [{ asset: 0, cloid: x.resting.cloid }] };
    assert.equal(status_of(await x.a.cancelByCloid(what)), "success");
    await fails(x.a.cancelByCloid(what), /Order was never placed, already canceled, or filled/);
  });
  step(`${label}: two accounts trade`, async (c) => {
    x.b = client(c, bob);
    const ask = status_of(await x.b.order(orders(limit(1, false, "3001", "1.5")))).resting;
    const taken = status_of(await x.a.order(orders(
      limit(1, true, "3001", "1", { t: { limit: { tif: "Ioc" } } }))));
    assert.equal(taken.filled.totalSz, "1.0");
    assert.equal(taken.filled.avgPx, "3001.0");
    const fills = await c.info.userFills({ user: alice.address });
    assert.equal(fills[0].oid, taken.filled.oid);
    assert.equal(fills[0].crossed, true);
    const by_time = await c.info.userFillsByTime({ user: bob.address, startTime: fills[0].time });
    assert(by_time.some((f) => f.tid === fills[0].tid && f.crossed === false));
    assert.equal(status_of(await x.b.cancel({ cancels: [{ a: 1, o: ask.oid }] })), "success");
  });
  step(`${label}: refusals are the venue's`, async () => {
    await fails(x.a.order(orders(limit(0, true, "55000", "0.0001"))), /Order must have minimum value of \$10/);
    await fails(
      x.a.order(orders(limit(0, true, "55000", "0.01", { t: { limit: { tif: "Ioc" } } }))),
      /Order could not immediately match against any resting orders/);
    await fails(x.a.batchModify({
      modifies: [{ oid: x.resting.oid, order: limit(0, true, "55000", "0.02") }],
    }), /Cannot modify canceled or filled order/);
  });
}

trade("http", (c, wallet) => new ExchangeClient({ transport: c.http, wallet }));
trade("ws", (c, wallet) => new ExchangeClient({ transport: c.ws, wallet }));

step("metadata resolves symbols", async (c) => {
  const symbols = await SymbolConverter.create({ transport: c.http });
  assert.equal(symbols.getAssetId("BTC"), 0);
  assert.equal(symbols.getSzDecimals("ETH"), 4);
  assert.equal(symbols.getAssetId("PURR/USDC"), 10000);
});
step("every other query answers", async (c) => {
  const user = alice.address;
  for (const name of ["meta", "metaAndAssetCtxs", "spotMeta", "spotMetaAndAssetCtxs", "perpDexs",
    "allPerpMetas", "allMids", "exchangeStatus"]) {
    assert.notEqual(await c.info[name](), undefined, name);
  }
  for (const name of ["clearinghouseState", "spotClearinghouseState", "historicalOrders",
    "userRateLimit", "userRole", "extraAgents", "subAccounts", "userFees", "twapHistory",
    "userTwapSliceFills", "referral", "portfolio"]) {
    assert.notEqual(await c.info[name]({ user }), undefined, name);
  }
  assert.equal(await c.info.maxBuilderFee({ user, builder: bob.address }), 0);
  assert.equal((await c.info.l2Book({ coin: "ETH" })).levels.length, 2);
  assert.notEqual(await c.info.recentTrades({ coin: "ETH" }), undefined);
  const info = new InfoClient({ transport: c.ws });
  assert.equal((await info.l2Book({ coin: "ETH", nSigFigs: 5 })).coin, "ETH");
  assert.equal((await info.userRole({ user })).role, "user");
});
step("positions follow the fills", async (c) => {
  const state = await c.info.clearinghouseState({ user: alice.address });
  const eth = state.assetPositions.find((p) => p.position.coin === "ETH");
  assert.equal(eth.position.szi, "2.0");
  assert.equal(eth.position.entryPx, "3001.0");
});
step("leverage, noop, scheduleCancel", async (c) => {
  const a = new ExchangeClient({ transport: c.http, wallet: alice });
  assert.equal((await a.updateLeverage({ asset: 0, isCross: true, leverage: 10 })).response.type, "default");
  assert.equal((await a.noop()).response.type, "default");
  await fails(a.scheduleCancel({ time: Date.now() + 60_000 }), /enough volume traded/);
});
step("an approved agent trades for its master", async (c) => {
  const a = new ExchangeClient({ transport: c.http, wallet: alice });
  const g = new ExchangeClient({ transport: c.http, wallet: agent });
  await fails(g.order(orders(limit(0, true, "55000", "0.01"))), /does not exist/);
  const reply = await a.approveAgent({ agentAddress: agent.address, agentName: "desk" });
  assert.equal(reply.response.type, "default");
  const role = await c.info.userRole({ user: agent.address });
  assert.equal(role.data.user, alice.address.toLowerCase());
  const { oid } = status_of(await g.order(orders(limit(0, true, "55000", "0.01")))).resting;
  assert.equal(status_of(await g.cancel({ cancels: [{ a: 0, o: oid }] })), "success");
});
step("streams tell an order's life", async (c) => {
  const user = alice.address;
  const box = Object.fromEntries(["orderUpdates", "userFills", "userEvents", "openOrders",
    "clearinghouseState", "l2Book", "bbo", "trades", "allMids"].map((name) => [name, new inbox()]));
  const s = c.subscriptions;
  await s.orderUpdates({ user }, box.orderUpdates.push);
  await s.userFills({ user }, box.userFills.push);
  await s.userEvents({ user }, box.userEvents.push);
  await s.openOrders({ user }, box.openOrders.push);
  await s.clearinghouseState({ user }, box.clearinghouseState.push);
  for (const name of ["l2Book", "bbo", "trades"]) await s[name]({ coin: "SOL" }, box[name].push);
  await s.allMids(box.allMids.push);
  await box.userFills.until("the snapshot", (x) => x.isSnapshot);
  const a = new ExchangeClient({ transport: c.ws, wallet: alice });
  const b = new ExchangeClient({ transport: c.ws, wallet: bob });
  const mine = status_of(await a.order(orders(limit(2, true, "149", "1", { c: cloid(c.next()) })))).resting;
  await box.orderUpdates.until("open", (x) => x.some((o) => o.order.oid === mine.oid && o.status === "open"));
  await box.openOrders.until("the open order", (x) => x.orders.some((o) => o.oid === mine.oid));
  await box.bbo.until("the bid", (x) => x.bbo[0]?.px === "149.0");
  await box.l2Book.until("the bid", (x) => x.levels[0].some((l) => l.px === "149.0"));
  await b.order(orders(limit(2, false, "149", "1", { t: { limit: { tif: "Ioc" } } })));
  await box.orderUpdates.until("filled", (x) => x.some((o) => o.order.oid === mine.oid && o.status === "filled"));
  await box.userFills.until("the fill", (x) => x.fills.some((f) => f.oid === mine.oid && !f.crossed));
  await box.userEvents.until("the fill", (x) => x.fills?.some((f) => f.oid === mine.oid));
  await box.trades.until("the trade", (x) => x.some((t) => t.coin === "SOL" && t.px === "149.0"));
  await box.clearinghouseState.until("the position",
    (x) => x.clearinghouseState.assetPositions.some((p) => p.position.coin === "SOL"));
  await box.allMids.until("mids", (x) => x.mids.BTC !== undefined);
});

const [program] = process.argv.slice(2);
assert(program, "usage: node check.mjs PATH_OF_HLX_SIM");
const server = await start_venue(program);
const http = new HttpTransport({ isTestnet: true, apiUrl: `http://127.0.0.1:${server.port}` });
const ws = new WebSocketTransport({ isTestnet: true, url: `ws://127.0.0.1:${server.port}/ws` });
let count = 0;
const context = {
  http, ws,
  info: new InfoClient({ transport: http }),
  subscriptions: new SubscriptionClient({ transport: ws }),
  next: () => ++count,
};
let failures = 0;
for (const { name, run } of steps) {
  try {
    await run(context);
    console.log(`ok    ${name}`);
  } catch (e) {
    ++failures;
    console.log(`FAIL  ${name}\n      ${e.stack ?? e}`);
  }
}
await ws.close().catch(() => {});
server.child.kill("SIGTERM");
const [status] = await once(server.child, "exit");
assert.equal(status, 0, "the venue stops cleanly");
console.log(`${steps.length - failures} of ${steps.length} steps went as on the venue`);
process.exit(failures === 0 ? 0 : 1);
