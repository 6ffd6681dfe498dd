// Made from generator/drill by `npm run drill:bundle`. Do not edit.
import { closeSync, copyFileSync, createReadStream, existsSync, lstatSync, mkdtempSync, openSync, opendirSync, readFileSync, readSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout } from "node:timers/promises";
import { createHash } from "node:crypto";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import os from "node:os";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { Writable } from "node:stream";
import { createGunzip } from "node:zlib";
// generator/drill/api.ts
/**
* The few calls of the Kubernetes API the drill makes. It asks again and again instead of watching: a drill takes
* minutes, a question every few seconds costs nothing, and there is no stream that may break off.
*/
var ApiError = class extends Error {
	status;
	constructor(status, message) {
		super(message);
		this.status = status;
	}
};
/** The API server as a pod finds it. */
function apiServerOfPod(environment, sleep) {
	const host = environment["KUBERNETES_SERVICE_HOST"] ?? "kubernetes.default.svc";
	const port = environment["KUBERNETES_SERVICE_PORT"] ?? "443";
	const file = "/var/run/secrets/kubernetes.io/serviceaccount/token";
	return {
		url: `https://${host.includes(":") ? `[${host}]` : host}:${port}`,
		token: () => readFileSync(file, "utf8").trim(),
		sleep
	};
}
var read = (server, path) => call(server, "GET", path);
/** The object, or undefined where there is none. */
async function find(server, path) {
	try {
		return await read(server, path);
	} catch (error) {
		if (error instanceof ApiError && error.status === 404) return void 0;
		throw error;
	}
}
async function list(server, path, selector) {
	return (await read(server, path + query(selector))).items;
}
/** Makes an object. That it is there already is no mistake: an answer may have been lost on its way. */
async function create(server, path, object) {
	try {
		await call(server, "POST", path, object);
	} catch (error) {
		if (!(error instanceof ApiError && error.status === 409)) throw error;
	}
}
var mergePatch = (server, path, patch) => call(server, "PATCH", path, patch);
/** Removes an object, or all of a collection that a selector names. That it is gone is no mistake. */
async function remove(server, path, selector) {
	try {
		await call(server, "DELETE", path + query(selector));
	} catch (error) {
		if (!(error instanceof ApiError && error.status === 404)) throw error;
	}
}
var query = (selector) => selector === void 0 ? "" : `?labelSelector=${encodeURIComponent(selector)}`;
/** So long is an API server that does not answer waited for: it may be starting anew. */
var tries = 6;
async function call(server, method, path, body) {
	for (let attempt = 1;; attempt += 1) {
		const answer = await once(server, method, path, body);
		if (answer.status >= 200 && answer.status < 300) return JSON.parse(answer.text);
		if (!(isAway(answer.status) || answer.status === 403 && attempt > 1) || attempt === tries) throw new ApiError(answer.status, `${method} ${path}: ${messageOf$1(answer)}`);
		await server.sleep(1e3 * 2 ** attempt);
	}
}
/** 0 is nobody at all. One that was away refuses everybody until it has read all roles, so that is waited for too. */
var isAway = (status) => status === 0 || status === 429 || status >= 500;
async function once(server, method, path, body) {
	const type = method === "PATCH" ? "application/merge-patch+json" : "application/json";
	try {
		const response = await fetch(server.url + path, {
			method,
			headers: {
				authorization: `Bearer ${server.token()}`,
				accept: "application/json",
				...body === void 0 ? {} : { "content-type": type }
			},
			...body === void 0 ? {} : { body: JSON.stringify(body) },
			signal: AbortSignal.timeout(3e4)
		});
		return {
			status: response.status,
			text: await response.text()
		};
	} catch (error) {
		return {
			status: 0,
			text: error instanceof Error ? causeOf(error) : String(error)
		};
	}
}
/** `fetch failed` says nothing; its cause does. */
var causeOf = (error) => error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
function messageOf$1({ status, text }) {
	if (status === 0) return text;
	try {
		return `${status} ${JSON.parse(text).message ?? text}`;
	} catch {
		return `${status} ${text}`;
	}
}
// generator/drill/check/findings.ts
/** So much of what a container says at its end is kept by the kubelet. */
var messageLimit = 4096;
/** In: all that was found. Out: what there is room to tell of it: what is wrong first, then the tables with most rows. */
function messageOf({ wrong, inventory }) {
	const { tables = {}, ...rest } = inventory;
	const sentences = wrong.map((sentence) => sentence.slice(0, 200));
	const told = sentences.slice(0, fitting(sentences.map(textOf), 3840));
	const untold = wrong.length - told.length;
	if (untold > 0) told.push(`and ${untold} more`);
	const empty = textOf({
		wrong: told,
		inventory: {
			...rest,
			tables: {}
		}
	});
	const largest = Object.entries(tables).sort(([, a], [, b]) => b - a);
	const entries = largest.map(([table, rows]) => `${textOf(table)}:${rows}`);
	const kept = largest.slice(0, fitting(entries, messageLimit - Buffer.byteLength(empty)));
	return textOf({
		wrong: told,
		inventory: {
			...rest,
			...kept.length === 0 ? {} : { tables: Object.fromEntries(kept) }
		}
	});
}
/** How many of these fit into so many bytes, with a comma each. */
function fitting(texts, bytes) {
	let left = bytes;
	const end = texts.findIndex((text) => (left -= Buffer.byteLength(text) + 1) < 0);
	return end < 0 ? texts.length : end;
}
var textOf = (value) => JSON.stringify(value);
// generator/drill/check/compare.ts
/** Less than this share of what was there is a loss, more is people tidying up. */
var share = .5;
/** In: whether the database of a table was looked into now; what was not may still be there. */
function lost(before, now, isKnown) {
	if (before === void 0) return [];
	const tables = Object.entries(before.tables ?? {}).flatMap(([table, rows]) => {
		const there = now.tables?.[table];
		if (there === void 0) return isKnown(table) ? [`table ${table} is gone; ${rows} rows were in it`] : [];
		return there < rows * share ? [less(`table ${table}`, "rows", rows, there)] : [];
	});
	return [
		...now.files < before.files * share ? [less("it", "files", before.files, now.files)] : [],
		...now.bytes < before.bytes * share ? [less("it", "bytes", before.bytes, now.bytes)] : [],
		...tables
	];
}
var less = (what, unit, before, now) => `${what} has ${now} ${unit}; ${before} were there at the last drill that passed`;
// generator/drill/check/postgres.ts
/** What a PostgreSQL server said of a restored cluster (drill/postgres.ts). */
function readAnswers(folder) {
	const lines = (file) => {
		const at = path.join(folder, file);
		return existsSync(at) ? readFileSync(at, "utf8").split("\n").filter((line) => line !== "").map((line) => line.split("	")) : [];
	};
	const failed = path.join(folder, "failed");
	return {
		wrong: existsSync(failed) ? readFileSync(failed, "utf8").trim().replaceAll(/\s*\n\s*/g, "; ") : existsSync(path.join(folder, "done")) ? void 0 : "nobody asked PostgreSQL to its end",
		databases: lines("databases").flatMap(([name]) => name ?? []),
		rows: Object.fromEntries(lines("rows").map(([database, table, count]) => [`${database}/${table}`, Number(count)])),
		newest: Object.fromEntries(lines("newest").flatMap(([database, table, column, seconds = ""]) => seconds === "" ? [] : [[`${database}/${table}/${column}`, Number(seconds) * 1e3]]))
	};
}
// generator/drill/check/volume.ts
/** The files of a restored volume, as they were backed up. Neither many of them nor a large one is ever held in memory at once. */
/** Velero's own mark in a volume it has filled, and what file systems make themselves. */
var notData = /* @__PURE__ */ new Set([".velero", "lost+found"]);
/** Those below a folder of the volume, or the file itself, one after the other. */
function* filesOf(root, at = "") {
	const own = path.join(root, at);
	const found = lstatSync(own, { throwIfNoEntry: false });
	if (found?.isFile() === true) yield {
		bytes: found.size,
		changed: found.mtimeMs
	};
	if (found?.isDirectory() !== true) return;
	const folder = opendirSync(own);
	try {
		for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) if (at !== "" || !notData.has(entry.name)) yield* filesOf(root, path.join(at, entry.name));
	} finally {
		folder.closeSync();
	}
}
/** So many bytes of a file, fewer where it ends. */
function bytesAt(file, offset, length) {
	const bytes = Buffer.alloc(length);
	const opened = openSync(file, "r");
	try {
		return bytes.subarray(0, readSync(opened, bytes, 0, length, offset));
	} finally {
		closeSync(opened);
	}
}
/** Longer than a path may be. */
var longestLine = 65536;
/** Lines of a text that are not empty; one that is too long to be meant is cut, and the last. */
async function* linesOf(file) {
	let rest = "";
	for await (const piece of createReadStream(file, "utf8")) {
		const lines = (rest + piece).split("\n");
		rest = lines.pop() ?? "";
		yield* lines.filter((line) => line !== "");
		if (rest.length > longestLine) break;
	}
	if (rest !== "") yield rest;
}
// generator/drill/check/sqlite.ts
/** SQLite databases, by SQLite itself. */
var header = "SQLite format 3\0";
function isSqlite(file) {
	return bytesAt(file, 0, 16).toString("latin1") === header;
}
/** Every page is there and every index fits to its table. */
function wholeSqlite(file) {
	if (!existsSync(file)) return "it is not there";
	if (statSync(file).size === 0) return "it is empty";
	if (!isSqlite(file)) return "it is no SQLite database";
	try {
		return withDatabase(file, (database) => {
			const answers = database.prepare("PRAGMA integrity_check(5)").all().map((row) => String(Object.values(row)[0]));
			return answers.length === 1 && answers[0] === "ok" ? void 0 : answers.join("; ");
		});
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
/** Where it lies, as the volume is read-only; only what was half changed has to be taken back, which is done on a copy. */
function withDatabase(file, use) {
	return isHalfChanged(file) ? onCopy(file, (copy) => asked(new DatabaseSync(copy), use)) : asked(openedAsItIs(file), use);
}
function asked(database, use) {
	try {
		return use(database);
	} finally {
		database.close();
	}
}
/** A rollback journal that begins with zeros, or with nothing, is one of a change that came to its end. */
var isHalfChanged = (file) => existsSync(`${file}-journal`) && (bytesAt(`${file}-journal`, 0, 1)[0] ?? 0) !== 0;
/**
* SQLite writes beside a database that it reads: locks, and an index of the log of what was not yet in the file
* (https://sqlite.org/wal.html, "Read-Only Databases"). Who is alone needs neither.
*/
function openedAsItIs(file) {
	const hasLog = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
	const url = pathToFileURL(file);
	url.search = hasLog ? "vfs=unix-none" : "immutable=1";
	const database = new DatabaseSync(url, { readOnly: true });
	database.exec("PRAGMA locking_mode = EXCLUSIVE");
	return database;
}
function onCopy(file, use) {
	const folder = mkdtempSync(path.join(os.tmpdir(), "drill-"));
	try {
		const copy = path.join(folder, "copy.db");
		for (const part of [
			"",
			"-wal",
			"-journal"
		]) if (existsSync(file + part)) copyFileSync(file + part, copy + part);
		return use(copy);
	} finally {
		rmSync(folder, {
			recursive: true,
			force: true
		});
	}
}
/** Rows of every table. */
function rowsOf(database) {
	const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").all().map((row) => String(row["name"]));
	return Object.fromEntries(tables.map((table) => [table, count(database, table)]));
}
var count = (database, table) => Number(database.prepare(`SELECT count(*) AS rows FROM ${quoted$1(table)}`).get()?.["rows"] ?? 0);
/** The newest time in a column, in milliseconds since 1970: text as ISO 8601, or seconds or milliseconds. */
function newestIn(database, table, column) {
	const value = database.prepare(`SELECT max(${quoted$1(column)}) AS newest FROM ${quoted$1(table)}`).get()?.["newest"];
	if (value === null || value === void 0) return void 0;
	if (typeof value === "string" && !/^\d+(\.\d+)?$/.test(value)) {
		const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value.replace(" ", "T")}Z`;
		return Date.parse(zoned);
	}
	const number = Number(value);
	return number > 1e11 ? number : number * 1e3;
}
var quoted$1 = (name) => `"${name.replaceAll("\"", "\"\"")}"`;
// generator/drill/check/json.ts
/** JSON of any length (RFC 8259), read in pieces: what is kept is how deep it is nested, and a word at most. */
var outsideText = /[ \t\r\n]+|[{}[\],:"]|[^ \t\r\n{}[\],:"]+/y;
/** Anything but a quote, a backslash and what controls; an escape; the end. */
var insideText = /[ !#-[\]-\uffff]+|\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|"/y;
/** An escape of which more may come. */
var cutEscape = /^\\(?:u[\da-fA-F]{0,3})?$/;
var word = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
/** Nothing that is meant is longer or deeper. */
var longestWord = 65536;
var deepest = 1e5;
/** In: a file. Out: what is wrong with it, undefined where it is JSON to its end. */
async function brokenJson(file) {
	const json = new Json();
	let rest = "";
	let read = 0;
	for await (const piece of createReadStream(file, "utf8")) {
		const text = rest + piece;
		const end = json.take(text);
		rest = text.slice(end);
		if (!json.mayGoOnWith(rest)) return `character ${read + end} is no JSON`;
		read += end;
	}
	return json.endsWith(rest) ? void 0 : "it ends before its JSON does";
}
var Json = class {
	closers = [];
	next = "value";
	get isInText() {
		return this.next === "text" || this.next === "name text";
	}
	/** Takes all that is whole and fits. Out: where it stopped. */
	take(text) {
		let at = 0;
		for (;;) {
			const pattern = this.isInText ? insideText : outsideText;
			pattern.lastIndex = at;
			const token = pattern.exec(text)?.[0];
			if (token === void 0) return at;
			if (!this.isInText && at + token.length === text.length && isWord(token) || !this.takes(token)) return at;
			at += token.length;
		}
	}
	/** Whether what was left may be the beginning of something. */
	mayGoOnWith(rest) {
		if (rest === "") return true;
		return this.isInText ? cutEscape.test(rest) : isWord(rest) && rest.length <= longestWord;
	}
	endsWith(rest) {
		return (rest === "" || this.takes(rest)) && this.next === "more" && this.closers.length === 0;
	}
	takes(token) {
		if (!this.isInText && /^[ \t\r\n]/.test(token)) return true;
		const next = this.after(token);
		if (next !== void 0) this.next = next;
		return next !== void 0;
	}
	after(token) {
		switch (this.next) {
			case "text": return token === "\"" ? "more" : "text";
			case "name text": return token === "\"" ? "colon" : "name text";
			case "value": return this.afterValue(token);
			case "element": return token === "]" ? this.close(token) : this.afterValue(token);
			case "member": return token === "}" ? this.close(token) : this.afterName(token);
			case "name": return this.afterName(token);
			case "colon": return token === ":" ? "value" : void 0;
			case "more": return token === "," ? this.afterComma() : this.close(token);
		}
	}
	afterName = (token) => token === "\"" ? "name text" : void 0;
	afterValue(token) {
		if (token === "\"") return "text";
		if (token !== "{" && token !== "[") return word.test(token) ? "more" : void 0;
		this.closers.push(token === "{" ? "}" : "]");
		if (this.closers.length > deepest) return void 0;
		return token === "{" ? "member" : "element";
	}
	afterComma() {
		const closer = this.closers.at(-1);
		if (closer === void 0) return void 0;
		return closer === "}" ? "name" : "value";
	}
	close(token) {
		if (this.closers.at(-1) !== token) return void 0;
		this.closers.pop();
		return "more";
	}
};
var isWord = (text) => /^[^ \t\r\n{}[\],:"]+$/.test(text);
// generator/drill/check/whole.ts
/** Whether a file is there to its end, by what its format says of its end. A file of any size is read in pieces, or at its ends. */
/** In: a file. Out: what is wrong with it, undefined where it is whole. */
function brokenEnd(file) {
	const judge = judges[path.extname(file).toLowerCase()];
	if (judge !== void 0) return judge(file);
	return isSqlite(file) ? wholeSqlite(file) : "its end cannot be told by its name";
}
var judges = {
	".json": brokenJson,
	".gz": brokenGzip,
	".tgz": brokenGzip,
	".xml": wholeXml,
	".zip": wholeZip,
	".db": wholeSqlite,
	".sqlite": wholeSqlite,
	".sqlite3": wholeSqlite
};
/** Unpacked to its end, where its checksum is; what comes out is kept nowhere. */
async function brokenGzip(file) {
	const nowhere = new Writable({ write: (_bytes, _encoding, done) => done() });
	try {
		await pipeline(createReadStream(file), createGunzip(), nowhere);
		return;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
/** What a file begins and ends with; a declaration or a comment may stand before the first element. */
var ends$1 = 65536;
/** Ends with the end of the element it begins with. */
function wholeXml(file) {
	const { size } = statSync(file);
	const from = Math.max(0, size - ends$1);
	const begin = bytesAt(file, 0, ends$1).toString("latin1");
	const end = bytesAt(file, from, ends$1).toString("latin1").trimEnd();
	const root = /<([A-Za-z_][\w.:-]*)/.exec(begin.replace(/<!--[\s\S]*?(?:-->|$)/g, ""))?.[1];
	if (root === void 0) return "it has no element";
	return end.endsWith(`</${root}>`) || end.endsWith("/>") && from + end.lastIndexOf("<") === begin.indexOf(`<${root}`) ? void 0 : `it does not end with </${root}>`;
}
/** The record at the end of a zip file, and the longest comment after it (APPNOTE.TXT, 4.3.16). */
var endRecord = 22;
var longestComment = 65535;
/** Its directory is at its end, and says how long everything before it is. */
function wholeZip(file) {
	const { size } = statSync(file);
	const from = Math.max(0, size - endRecord - longestComment);
	const end = bytesAt(file, from, 65557);
	const at = end.lastIndexOf(signature(5, 6));
	if (at < 0 || at + endRecord > end.length) return "its directory is missing";
	const directory = directoryOf(file, end.subarray(at), from + at);
	return directory !== void 0 && directory.offset + directory.size <= from + at && isAt(file, directory.offset, signature(1, 2)) ? void 0 : "its directory does not fit to what is before it";
}
/** All ones: the numbers are in a record of 64 bits, and a locator before this record says where (4.3.14, 4.3.15). */
function directoryOf(file, record, at) {
	const [size, offset] = [record.readUInt32LE(12), record.readUInt32LE(16)];
	if (size !== 4294967295 && offset !== 4294967295) return {
		size,
		offset
	};
	if (at < 20 || !isAt(file, at - 20, signature(6, 7))) return void 0;
	const large = Number(bytesAt(file, at - 12, 8).readBigUInt64LE());
	if (large + 56 > at || !isAt(file, large, signature(6, 6))) return void 0;
	const numbers = bytesAt(file, large + 40, 16);
	return {
		size: Number(numbers.readBigUInt64LE(0)),
		offset: Number(numbers.readBigUInt64LE(8))
	};
}
var isAt = (file, offset, expected) => bytesAt(file, offset, expected.length).equals(expected);
/** `PK` and two numbers, as bytes: as a text they would make the ConfigMap of this program one line of escapes. */
var signature = (first, second) => Buffer.from([
	80,
	75,
	first,
	second
]);
// generator/drill/check/judge.ts
/** Looks at a restored volume: what is wrong with it, and what there is. */
/** In: the folder a volume is mounted at, and the one with what PostgreSQL said of it. */
async function judge(root, request, answered) {
	let files = 0;
	let bytes = 0;
	for (const file of filesOf(root)) {
		files += 1;
		bytes += file.bytes;
	}
	const answers = answered === void 0 ? void 0 : readAnswers(answered);
	const tables = new Map(Object.entries(answers?.rows ?? {}));
	const volume = {
		root,
		files,
		bytes,
		request,
		tables,
		opened: /* @__PURE__ */ new Set(),
		answers
	};
	const wrong = bytes === 0 ? ["the volume is empty"] : [];
	if (answers?.wrong !== void 0) wrong.push(answers.wrong);
	for (const check of request.checks) wrong.push(...await told$1(volume, check));
	const inventory = {
		files,
		bytes,
		...tables.size === 0 ? {} : { tables: Object.fromEntries(tables) }
	};
	wrong.push(...lost(request.before, inventory, (table) => isKnown(volume, table)));
	return {
		wrong,
		inventory
	};
}
/** Whether it would have been found, were it there. */
var isKnown = ({ answers, opened }, table) => answers === void 0 ? [...opened].some((database) => table.startsWith(`${database}/`)) : answers.wrong === void 0;
async function told$1(volume, check) {
	try {
		return await found(volume, check);
	} catch (error) {
		return [`${check.is}: ${error instanceof Error ? error.message : String(error)}`];
	}
}
function found(volume, check) {
	switch (check.is) {
		case "files": return enough(volume, check);
		case "newest": return recentFile(volume, check);
		case "whole": return wholeFile(volume, check.path);
		case "databases": return withRows(volume, check);
		case "checksums": return sameSums(volume, check.path);
		case "rows": return enoughRows(volume, check);
		case "newest-row": return recentRow(volume, check);
	}
}
function enough({ files, bytes }, check) {
	return [...files < check.atLeast ? [`${files} files are there; at least ${check.atLeast} were expected`] : [], ...bytes < check.bytes ? [`the files hold ${bytes} bytes; at least ${check.bytes} were expected`] : []];
}
/** What is younger than the backup was not in it: a program that made it anew proves nothing. */
var clockSlack = 3e5;
function recentFile({ root, request }, { path: at, within }) {
	const where = at === "" ? "the volume" : at;
	let newest;
	for (const { changed } of filesOf(root, at)) if (changed <= request.ended + clockSlack) newest = Math.max(newest ?? changed, changed);
	if (newest === void 0) return [`no file from before the backup is in ${where}`];
	return tooOld(`the newest file of ${where}`, newest, request, within);
}
function tooOld(what, newest, { started }, within) {
	const age = Math.round((started - newest) / 1e3);
	return age <= within ? [] : [`${what} is of ${new Date(newest).toISOString()}, ${age} s before the backup; at most ${within} s were expected`];
}
async function wholeFile({ root }, at) {
	const file = path.join(root, at);
	if (!existsSync(file)) return [`${at} is not there`];
	const broken = await brokenEnd(file);
	return broken === void 0 ? [] : [`${at} is not whole: ${broken}`];
}
/** So many sums that are wrong tell enough. */
var wrongSums = 20;
/** Lines as sha256sum writes them; paths are relative to the list. */
async function sameSums({ root }, at) {
	const list = path.join(root, at);
	if (!existsSync(list)) return [`${at} is not there`];
	const wrong = [];
	let lines = 0;
	for await (const line of linesOf(list)) {
		lines += 1;
		wrong.push(...await wrongSum(list, at, line));
		if (wrong.length === wrongSums) break;
	}
	return lines === 0 ? [`${at} names no file`] : wrong;
}
async function wrongSum(list, at, line) {
	const [, sum, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
	if (name === void 0) return [`${at} holds a line that is no SHA-256 sum`];
	const file = path.resolve(path.dirname(list), name);
	if (!existsSync(file)) return [`${name} is in ${at}, and not there`];
	return await sha256(file) === sum ? [] : [`${name} is not what ${at} says`];
}
async function sha256(file) {
	const hash = createHash("sha256");
	await pipeline(createReadStream(file), hash);
	return hash.digest("hex");
}
function withRows({ answers }, { names }) {
	if (answers === void 0 || answers.wrong !== void 0) return [];
	return names.flatMap((name) => {
		if (!answers.databases.includes(name)) return [`database ${name} is not there`];
		return Object.entries(answers.rows).filter(([table]) => table.startsWith(`${name}/`)).some(([, count]) => count > 0) ? [] : [`no table of database ${name} has a row`];
	});
}
/** Rows of a database by table: of a file of the volume, or as PostgreSQL said. */
function enoughRows(volume, { path: at, atLeast }) {
	return ofDatabase(volume, at, (rows) => Object.entries(atLeast).flatMap(([table, least]) => {
		const there = rows[table];
		if (there === void 0) return [`${at} has no table ${table}`];
		return there < least ? [`table ${table} of ${at} has ${there} rows; at least ${least} were expected`] : [];
	}));
}
function recentRow(volume, check) {
	const { path: at, table, column, within } = check;
	return ofDatabase(volume, at, (rows) => {
		if (rows[table] === void 0) return [`${at} has no table ${table}`];
		const newest = volume.answers === void 0 ? withDatabase(path.join(volume.root, at), (database) => newestIn(database, table, column)) : volume.answers.newest[`${at}/${table}/${column}`];
		if (newest === void 0) return [`table ${table} of ${at} has no row with ${column}`];
		if (Number.isNaN(newest)) return [`${column} of table ${table} of ${at} holds no time`];
		return tooOld(`the newest row of table ${table} of ${at}`, newest, volume.request, within);
	});
}
/** A database that is not whole is not asked anything. */
function ofDatabase({ root, tables, opened, answers }, at, ask) {
	if (answers !== void 0) return answers.wrong === void 0 ? ask(ofPostgres(answers, at)) : [];
	const file = path.join(root, at);
	if (!existsSync(file)) return [`${at} is not there`];
	const broken = wholeSqlite(file);
	if (broken !== void 0) return [`${at} is not whole: ${broken}`];
	const rows = withDatabase(file, rowsOf);
	opened.add(at);
	for (const [table, count] of Object.entries(rows)) tables.set(`${at}/${table}`, count);
	return ask(rows);
}
function ofPostgres({ rows }, database) {
	const mine = Object.entries(rows).filter(([table]) => table.startsWith(`${database}/`));
	return Object.fromEntries(mine.map(([table, count]) => [table.slice(database.length + 1), count]));
}
// generator/drill/paths.ts
/** Addresses of the objects the drill knows, and the labels it finds its own by. */
/** On what it makes itself: Restores, pods that check. */
var drillLabel = "rzp.local/restore-drill";
/** Velero labels all that it restores. */
var restoredLabel = "velero.io/restore-name";
var restores = (namespace) => `/apis/velero.io/v1/namespaces/${namespace}/restores`;
var backups = (namespace) => `/apis/velero.io/v1/namespaces/${namespace}/backups`;
var core = (namespace, resource) => `/api/v1/namespaces/${namespace}/${resource}`;
var apps = (namespace, resource) => `/apis/apps/v1/namespaces/${namespace}/${resource}`;
// generator/drill/results.ts
var keyOf = ({ environment, service }) => `${environment}.${service}`;
var nameOf = ({ service }) => `${service}-results`;
var place = (plan) => `${core(plan.namespace, "configmaps")}/${nameOf(plan)}`;
async function readResults({ server }, plan) {
	const found = await find(server, place(plan));
	return Object.fromEntries(Object.entries(found?.data ?? {}).flatMap(([key, text]) => {
		const result = parsed(text);
		return result === void 0 ? [] : [[key, result]];
	}));
}
/** What somebody broke by hand is as good as absent. */
function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
async function record(world, plan, result) {
	const { namespace } = plan;
	const data = { [keyOf(result)]: JSON.stringify(result) };
	try {
		await mergePatch(world.server, place(plan), { data });
	} catch (error) {
		if (!(error instanceof ApiError && error.status === 404)) throw error;
		await create(world.server, core(namespace, "configmaps"), {
			apiVersion: "v1",
			kind: "ConfigMap",
			metadata: {
				name: nameOf(plan),
				namespace
			},
			data
		});
	}
	await tellEvent(world, plan, result);
	world.say({
		...result,
		inventory: void 0
	});
}
/** Events go after an hour, and one that cannot be written is no failed drill. */
async function tellEvent(world, { service, namespace }, result) {
	const time = new Date(world.now()).toISOString();
	const kind = result.passed ? "RestoreDrillPassed" : "RestoreDrillFailed";
	try {
		await create(world.server, core(namespace, "events"), {
			apiVersion: "v1",
			kind: "Event",
			metadata: {
				name: `${service}.${keyOf(result)}.${world.now().toString(16)}`,
				namespace
			},
			involvedObject: {
				apiVersion: "batch/v1",
				kind: "CronJob",
				name: service,
				namespace
			},
			type: result.passed ? "Normal" : "Warning",
			reason: kind,
			message: `${keyOf(result)}: ${result.message}`.slice(0, 1024),
			source: { component: service },
			firstTimestamp: time,
			lastTimestamp: time,
			count: 1
		});
	} catch (error) {
		world.say({
			warning: "the event was not written",
			because: String(error)
		});
	}
}
// generator/drill/metrics.ts
var metrics = [
	{
		name: "restore_drill_passed",
		help: "Whether the last drill of the service passed.",
		value: (result) => result === void 0 ? void 0 : Number(result.passed)
	},
	{
		name: "restore_drill_last_run_timestamp_seconds",
		help: "When the service was tried last, 0 if never.",
		value: (result) => result?.at ?? 0
	},
	{
		name: "restore_drill_last_success_timestamp_seconds",
		help: "When a drill of the service passed last, 0 if never.",
		value: (result) => result?.passedAt ?? 0
	},
	{
		name: "restore_drill_duration_seconds",
		help: "How long the last drill of the service took.",
		value: (result) => result?.seconds
	},
	{
		name: "restore_drill_backup_age_seconds",
		help: "How old the data was that the last drill that passed restored.",
		value: (result) => result?.backupAge
	}
];
function metricsText({ targets }, results) {
	return metrics.map(({ name, help, value }) => {
		return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${targets.flatMap((target) => {
			const number = value(results[keyOf(target)]);
			const labels = `drilled_environment="${target.environment}",drilled_service="${target.service}"`;
			return number === void 0 ? [] : [`${name}{${labels}} ${number}\n`];
		}).join("")}`;
	}).join("");
}
// generator/drill/failure.ts
/** Ends the drill of one service. */
var DrillFailure = class extends Error {
	reason;
	constructor(reason, message) {
		super(message);
		this.reason = reason;
	}
};
// generator/drill/world.ts
/** How often it asks whether something has happened. */
var pause = 2e3;
/** Asks until there is an answer that is not a text; the text is what is missing still. */
async function waitFor(world, { until, reason, what }, question) {
	for (;;) {
		const answer = await question();
		if (typeof answer !== "string") return answer;
		if (world.stopped()) throw new DrillFailure("Interrupted", `asked to stop while ${what}`);
		if (world.now() >= until) throw new DrillFailure(reason, `${what}: ${answer}`);
		await world.server.sleep(pause);
	}
}
// generator/drill/restore.ts
/** Ends of a Restore; every other phase is on the way to one of them. */
var ends = /* @__PURE__ */ new Map([
	["Completed", void 0],
	["PartiallyFailed", "RestorePartiallyFailed"],
	["Failed", "RestoreFailed"],
	["FailedValidation", "RestoreRefused"]
]);
async function startRestore(world, { namespace, velero }, target, { name, backup, resources, pods = [] }) {
	await create(world.server, restores(velero.namespace), {
		apiVersion: "velero.io/v1",
		kind: "Restore",
		metadata: {
			name,
			namespace: velero.namespace,
			labels: { [drillLabel]: namespace }
		},
		spec: {
			backupName: backup,
			includedNamespaces: [target.namespace],
			includedResources: [...resources],
			...pods.length === 0 ? {} : { orLabelSelectors: pods.map((matchLabels) => ({ matchLabels })) },
			namespaceMapping: { [target.namespace]: namespace },
			existingResourcePolicy: "none",
			restorePVs: true,
			preserveNodePorts: false,
			itemOperationTimeout: `${target.within}s`,
			resourceModifier: {
				kind: "configmap",
				name: velero.modifiers
			}
		}
	});
}
/** Waits for the end of a Restore; `meanwhile` runs each time it is asked for. */
async function endOfRestore(world, { velero }, { name, until }, meanwhile) {
	const { status } = await waitFor(world, {
		until,
		reason: "TimedOut",
		what: `waiting for Restore ${name}`
	}, async () => {
		const restore = await find(world.server, `${restores(velero.namespace)}/${name}`);
		if (restore === void 0) throw new DrillFailure("RestoreFailed", `somebody deleted Restore ${name}`);
		await meanwhile();
		const phase = restore.status?.phase ?? "New";
		return ends.has(phase) ? restore : `it is ${phase}`;
	});
	const reason = ends.get(status?.phase ?? "");
	if (reason === void 0) return;
	const why = status?.validationErrors?.join("; ") ?? status?.failureReason;
	throw new DrillFailure(reason, `Restore ${name} is ${status?.phase}: ${why ?? `${status?.errors ?? 0} errors, ${status?.warnings ?? 0} warnings; see \`velero restore describe ${name} --details\``}`);
}
// generator/drill/clean.ts
/** What makes pods goes first, then pods, so that nothing holds a volume that is to go. */
var restoredResources = [
	{
		path: apps,
		resource: "deployments"
	},
	{
		path: apps,
		resource: "statefulsets"
	},
	{
		path: core,
		resource: "pods"
	},
	{
		path: core,
		resource: "persistentvolumeclaims"
	},
	{
		path: core,
		resource: "configmaps"
	},
	{
		path: core,
		resource: "secrets"
	},
	{
		path: core,
		resource: "serviceaccounts"
	}
];
/** Longer than a pod may take to stop and a storage driver to let go of a volume. */
var patience = 6e5;
async function clean(world, plan) {
	const here = {
		...world,
		stopped: () => false
	};
	const until = world.now() + patience;
	const stuck = await endRestores(here, plan, until).then(() => void 0, (error) => error);
	for (const { path, resource } of restoredResources) await remove(here.server, path(plan.namespace, resource), resource === "pods" ? notOurs(plan) : restoredLabel);
	await waitFor(here, {
		until,
		reason: "CleanupStuck",
		what: "removing what was restored"
	}, async () => {
		const left = await leftovers(here, plan);
		return left.length === 0 ? {} : left.map(told).join(", ");
	});
	if (stuck !== void 0) throw stuck;
}
async function endRestores(world, { namespace, velero }, until) {
	const mine = `${drillLabel}=${namespace}`;
	await waitFor(world, {
		until,
		reason: "CleanupStuck",
		what: "waiting for Restores to end"
	}, async () => {
		const all = await list(world.server, restores(velero.namespace), mine);
		for (const { metadata, status } of all) if (metadata.deletionTimestamp === void 0 && ends.has(status?.phase ?? "")) await remove(world.server, `${restores(velero.namespace)}/${metadata.name}`);
		return all.length === 0 ? {} : all.map(told).join(", ");
	});
}
/** A volume holds the data of another service, and a pod holds a volume: nothing goes on while one is there. */
async function leftovers({ server }, plan) {
	const { namespace } = plan;
	return [...await list(server, core(namespace, "pods"), notOurs(plan)), ...await list(server, core(namespace, "persistentvolumeclaims"), restoredLabel)];
}
/** Pods that a restored workload made bear no label of Velero's; those of the drill's own service bear its name. */
var notOurs = ({ service }) => `app.kubernetes.io/name!=${service}`;
function told({ metadata, status }) {
	const holding = metadata.finalizers ?? [];
	const held = holding.length === 0 ? "" : `, held by ${holding.join(" and ")}`;
	return `${metadata.name} (${status?.phase ?? "there"}${held})`;
}
// generator/src/model/names.ts
/**
* The only place that builds names. Names are frozen: what is built here never follows from how many
* others there are, and a name over its limit always carries a hash of its full identity.
*/
var hashLength = 8;
/** Cuts a name that is too long and adds a hash of all of it, so that no two long names meet. */
function limited(name, limit) {
	return name.length <= limit ? name : hashed(name, name, limit);
}
function hashed(name, identity, limit) {
	const hash = createHash("sha256").update(identity).digest("hex").slice(0, hashLength);
	return `${name.slice(0, limit - hashLength - 1).replace(/-+$/, "")}-${hash}`;
}
/** The keys of those labels by which pods are selected (Kubernetes, recommended labels). */
var labels = {
	name: "app.kubernetes.io/name",
	component: "app.kubernetes.io/component"
};
labels.name, labels.component;
// generator/drill/backup.ts
/**
* The newest one that is completed. Of one that failed in part nobody knows which part; a newer one that is
* running is not done.
*/
async function newestBackup(world, velero, { namespace }, { schedule, notOlder }) {
	const selector = schedule === void 0 ? void 0 : `velero.io/schedule-name=${schedule}`;
	const all = await list(world.server, backups(velero), selector);
	const [newest] = all.filter((backup) => backup.metadata.deletionTimestamp === void 0 && holds(backup, namespace)).flatMap(usable).sort((a, b) => b.started - a.started);
	const from = schedule === void 0 ? "" : ` of schedule ${schedule}`;
	if (newest === void 0) throw new DrillFailure("NoBackup", `no completed backup${from} holds namespace ${namespace}; ${seen(all)}`);
	const age = Math.round((world.now() - newest.started) / 1e3);
	if (age > notOlder) throw new DrillFailure("BackupTooOld", `the newest completed backup${from}, ${newest.name}, is ${age} s old; at most ${notOlder} s were expected`);
	return newest;
}
function usable({ metadata, status }) {
	const started = Date.parse(status?.startTimestamp ?? "");
	const ended = Date.parse(status?.completionTimestamp ?? "");
	if (status?.phase !== "Completed" || Number.isNaN(started)) return [];
	return [{
		name: metadata.name,
		started,
		ended: Number.isNaN(ended) ? started : ended
	}];
}
/** No list is all namespaces; an entry may hold `*`. */
function holds({ spec }, namespace) {
	const included = spec?.includedNamespaces ?? [];
	return included.length === 0 || included.some((pattern) => matches(pattern, namespace));
}
function matches(pattern, namespace) {
	const [first = "", ...rest] = pattern.split("*");
	if (rest.length === 0) return pattern === namespace;
	if (!namespace.startsWith(first)) return false;
	let at = first.length;
	for (const [index, part] of rest.entries()) {
		const found = index === rest.length - 1 ? namespace.length - part.length : namespace.indexOf(part, at);
		if (found < at || !namespace.startsWith(part, found)) return false;
		at = found + part.length;
	}
	return true;
}
var seen = (all) => all.length === 0 ? "there is no backup at all" : `there are ${all.length} backups: ${all.slice(0, 5).map(({ metadata, status }) => `${metadata.name} (${status?.phase ?? "New"})`).join(", ")}`;
// generator/drill/postgres.ts
/** Where what the server answers is put for the one who judges. */
var answersFolder = "/answers";
/** Nothing that the cluster was set up with: no address, no certificates, no archive. */
var settings = [
	"listen_addresses=",
	"unix_socket_directories=/tmp",
	"ssl=off",
	"archive_mode=off",
	"hba_file=/tmp/hba",
	"ident_file=/tmp/ident",
	"config_file=/tmp/conf",
	"logging_collector=off",
	"log_destination=stderr",
	"shared_buffers=32MB"
];
/** Every table with its exact number of rows. */
var rows = `SELECT current_database(), table_schema || '.' || table_name,
  (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM %I.%I', table_schema, table_name), false, true, '')))[1]
  FROM information_schema.tables
  WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 2`;
var databases = "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate AND datname <> 'postgres' ORDER BY 1";
/** In: a volume of a PostgreSQL cluster. Out: a script for the shell of its image; it tells what is wrong instead of ending with a failure. */
function postgresScript({ preload, checks }) {
	return `set -u
data=$RESTORED/pgdata
fail() { { echo "$1"; tail -n 3 /tmp/log 2>/dev/null; } | head -c 800 > $ANSWERS/failed; exit 0; }
[ -f "$data/PG_VERSION" ] || fail "no PostgreSQL cluster is in it"
# A group of the volume's files may have been let in, which PostgreSQL does not start with.
chmod 700 "$data" || fail "its files belong to somebody else"
rm -f "$data/postmaster.pid" "$data/standby.signal" "$data/recovery.signal"
echo "local all all trust" > /tmp/hba; : > /tmp/ident; : > /tmp/conf
pg_ctl start -D "$data" -w -t 900 -l /tmp/log -o '${[...settings, `shared_preload_libraries=${preload.join(",")}`].map((setting) => `-c ${setting}`).join(" ")}' > /dev/null || fail "PostgreSQL does not start on it"
ask() { psql -X -h /tmp -U postgres -v ON_ERROR_STOP=1 -AtF '\t' -d "$1" -c "$2" 2>> /tmp/log; }
ask postgres ${quoted(databases)} > $ANSWERS/databases || fail "it names no databases"
while read -r name; do
  ask "$name" ${quoted(rows)} >> $ANSWERS/rows || fail "the tables of $name cannot be read"
done < $ANSWERS/databases
${checks.flatMap(newestQuestion).join("\n")}
pg_ctl stop -D "$data" -w -m fast > /dev/null || fail "PostgreSQL does not stop"
touch $ANSWERS/done
`;
}
/** A table that is not there has no newest row; that is told by who judges. */
function newestQuestion(check) {
	if (check.is !== "newest-row") return [];
	const { path, table, column } = check;
	const from = table.split(".").map(identifier).join(".");
	const sql = `SELECT ${literal(path)}, ${literal(table)}, ${literal(column)}, extract(epoch FROM max(${identifier(column)})) FROM ${from}`;
	return [`ask ${quoted(path)} ${quoted(sql)} >> $ANSWERS/newest || true`];
}
var identifier = (name) => `"${name.replaceAll("\"", "\"\"")}"`;
var literal = (text) => `'${text.replaceAll("'", "''")}'`;
/** One word of a shell. */
var quoted = (text) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
// generator/drill/check-pod.ts
/** The claims of a StatefulSet differ at the end of their names alone. */
var podName = (claim) => limited(`check-${claim}`, 63);
/** As a Job would, it waits for a quota: pods that are gone stay counted, for minutes where the API server was away. */
async function startCheck(world, plan, check, until) {
	const pod = podOf(plan, check);
	await waitFor(world, {
		until,
		reason: "NotReady",
		what: `waiting to look into volume ${check.volume.claim}`
	}, async () => {
		try {
			await create(world.server, core(plan.namespace, "pods"), pod);
			return pod;
		} catch (error) {
			if (error instanceof ApiError && isFull(error)) return error.message;
			throw error;
		}
	});
}
/** The words of the API server (kubernetes, plugin/pkg/admission/resourcequota): every refusal of admission is a 403. */
var isFull = ({ status, message }) => status === 403 && message.includes("exceeded quota");
function podOf({ namespace, checker }, { volume, claim, backup, before }) {
	const { started, ended } = backup;
	const request = {
		started,
		ended,
		checks: volume.checks,
		before
	};
	return {
		apiVersion: "v1",
		kind: "Pod",
		metadata: {
			name: podName(volume.claim),
			namespace,
			labels: { [drillLabel]: namespace }
		},
		spec: {
			restartPolicy: "Never",
			automountServiceAccountToken: false,
			enableServiceLinks: false,
			priorityClassName: checker.priority,
			securityContext: {
				runAsNonRoot: true,
				runAsUser: volume.user,
				runAsGroup: volume.group,
				fsGroup: volume.group,
				fsGroupChangePolicy: "Always",
				seccompProfile: { type: "RuntimeDefault" }
			},
			...volume.postgres === void 0 ? {} : { initContainers: [databaseOf(volume, volume.postgres)] },
			containers: [{
				name: "check",
				image: checker.image,
				command: [
					"node",
					`/program/${checker.key}`,
					"check"
				],
				env: [{
					name: "CHECK",
					value: asItIs(JSON.stringify(request))
				}, ...volume.postgres === void 0 ? [] : [{
					name: "ANSWERS",
					value: answersFolder
				}]],
				...restricted,
				volumeMounts: [
					{
						name: "program",
						mountPath: "/program",
						readOnly: true
					},
					{
						name: "restored",
						mountPath: "/restored",
						readOnly: true
					},
					{
						name: "temporary",
						mountPath: "/tmp"
					},
					...answersOf(volume)
				]
			}],
			volumes: [
				{
					name: "program",
					configMap: { name: checker.configMap }
				},
				{
					name: "restored",
					persistentVolumeClaim: { claimName: claim }
				},
				{
					name: "temporary",
					emptyDir: { sizeLimit: volume.size }
				},
				...volume.postgres === void 0 ? [] : [{
					name: "answers",
					emptyDir: { sizeLimit: "16Mi" }
				}]
			]
		}
	};
}
/** What a container of the drill's may and asks for. */
var restricted = {
	resources: {
		requests: {
			cpu: "50m",
			memory: "256Mi"
		},
		limits: { memory: "256Mi" }
	},
	securityContext: {
		allowPrivilegeEscalation: false,
		readOnlyRootFilesystem: true,
		capabilities: { drop: ["ALL"] }
	}
};
var answersOf = ({ postgres }) => postgres === void 0 ? [] : [{
	name: "answers",
	mountPath: answersFolder
}];
/** Runs to its end before the program looks: it alone writes to the volume, which is a copy. */
var databaseOf = (volume, postgres) => ({
	name: "database",
	image: postgres.image,
	command: [
		"bash",
		"-c",
		postgresScript({
			...postgres,
			checks: volume.checks
		})
	],
	env: [{
		name: "RESTORED",
		value: "/restored"
	}, {
		name: "ANSWERS",
		value: answersFolder
	}],
	...restricted,
	volumeMounts: [
		{
			name: "restored",
			mountPath: "/restored"
		},
		{
			name: "temporary",
			mountPath: "/tmp"
		},
		...answersOf(volume)
	]
});
/** Waits for what a pod found. */
async function endOfCheck(world, { namespace }, claim, until) {
	const name = podName(claim);
	const ended = (await waitFor(world, {
		until,
		reason: "NotReady",
		what: `waiting for what is in volume ${claim}`
	}, async () => {
		const found = await find(world.server, `${core(namespace, "pods")}/${name}`);
		if (found === void 0) throw new DrillFailure("NotReady", `somebody deleted pod ${name}, which looked into volume ${claim}`);
		const phase = found.status?.phase ?? "Pending";
		return phase === "Succeeded" || phase === "Failed" ? found : `pod ${name} is ${phase}${whyNot(found)}`;
	})).status?.containerStatuses?.[0]?.state?.terminated;
	try {
		return JSON.parse(ended?.message ?? "");
	} catch {
		throw new DrillFailure("NotReady", `pod ${name} ended (${ended?.exitCode ?? "no exit code"}) without saying what is in volume ${claim}: ${ended?.message ?? "nothing"}`);
	}
}
/** What Kubernetes says of a pod that does not start. */
function whyNot({ status }) {
	const waiting = status?.containerStatuses?.flatMap(({ state }) => state?.waiting ?? []) ?? [];
	const unmet = status?.conditions?.filter((condition) => condition.status === "False") ?? [];
	const words = [...waiting.map(({ reason, message }) => `${reason ?? "waiting"} ${message ?? ""}`.trim()), ...unmet.flatMap(({ message }) => message ?? [])];
	return words.length === 0 ? "" : ` (${words.join("; ")})`;
}
/** In the value of a variable `$(NAME)` is filled in and `$$` is one dollar (Kubernetes, EnvVar): names of tables may hold either. */
var asItIs = (text) => text.replaceAll("$", "$$$$");
// generator/drill/start.ts
/** What pods need to start; no route, no Service, no claim. */
var resources = [
	"deployments.apps",
	"statefulsets.apps",
	"configmaps",
	"secrets",
	"serviceaccounts"
];
async function startService(world, plan, target, from) {
	if (target.starts === void 0) return;
	await startRestore(world, plan, target, {
		...from,
		resources
	});
	await endOfRestore(world, plan, from, async () => {});
	for (const workload of target.starts.workloads) await ready(world, plan, workload, from.until);
	if (target.starts.http !== void 0) await answer(world, plan, target.starts.http, from.until);
}
async function ready(world, { namespace }, { resource, name }, until) {
	await waitFor(world, {
		until,
		reason: "NotReady",
		what: `waiting for ${name} to be ready`
	}, async () => {
		const found = await find(world.server, `${apps(namespace, resource)}/${name}`);
		if (found === void 0) return "it is not in the backup";
		const wanted = found.spec?.replicas ?? 1;
		const there = found.status?.readyReplicas ?? 0;
		return there >= wanted && wanted > 0 ? found : `${there} of ${wanted} pods are ready`;
	});
}
async function answer(world, { namespace }, { pods, port, path }, until) {
	const selector = Object.entries(pods).map(([key, value]) => `${key}=${value}`).join(",");
	await waitFor(world, {
		until,
		reason: "NoAnswer",
		what: `asking for ${path} at port ${port}`
	}, async () => {
		const [pod] = (await list(world.server, core(namespace, "pods"), selector)).filter(({ status }) => status?.podIP !== void 0);
		const address = pod?.status?.podIP;
		if (address === void 0) return "no pod has an address";
		const host = address.includes(":") ? `[${address}]` : address;
		const status = await world.ask(`http://${host}:${port}${path}`);
		if (status === void 0) return "nobody answers";
		return status < 400 ? { status } : `the answer is ${status}`;
	});
}
// generator/drill/drill.ts
/** Names of Restores are never used twice: Velero keeps what it knows of one in the object store. */
var restoreName = (world, target, part) => `${limited(`drill-${target.namespace}`, 40)}-${world.now().toString(36)}-${part}`;
async function drill(world, plan, target, before) {
	const until = world.now() + target.within * 1e3;
	const inventory = {};
	const wrong = [];
	const used = [];
	for (const [part, volumes] of inParts(target.volumes).entries()) {
		const backup = await backupOf(world, plan, target, volumes);
		used.push(backup);
		const there = await restoreVolumes(world, plan, target, {
			volumes,
			backup,
			before,
			name: restoreName(world, target, part),
			until
		});
		const missing = volumes.find((volume) => !there.has(volume) && (volume.mayBeMissing !== true || before?.[volume.claim] !== void 0));
		if (missing !== void 0) throw new DrillFailure("DataWrong", `claim ${missing.claim} is not in backup ${backup.name}`);
		for (const { claim } of there) {
			const findings = await endOfCheck(world, plan, claim, until);
			inventory[claim] = findings.inventory;
			wrong.push(...findings.wrong.map((sentence) => `volume ${claim}: ${sentence}`));
		}
	}
	if (wrong.length > 0) throw new DrillFailure("DataWrong", wrong.join("; "));
	const [first] = used;
	if (first === void 0) throw new DrillFailure("NoBackup", "it has no volume to restore");
	await startService(world, plan, target, {
		name: restoreName(world, target, used.length),
		backup: first.name,
		until
	});
	const oldest = Math.min(...used.map(({ started }) => started));
	return {
		backupAge: Math.round((world.now() - oldest) / 1e3),
		inventory
	};
}
/** One Restore for all volumes that are in the same backups and come the same way. */
function inParts(volumes) {
	const part = ({ schedule, throughPods }) => `${schedule} ${throughPods !== void 0}`;
	return [...Map.groupBy(volumes, part).values()];
}
function backupOf(world, { velero }, target, volumes) {
	return newestBackup(world, velero.namespace, target, {
		schedule: volumes[0]?.schedule,
		notOlder: Math.min(...volumes.map(({ notOlder }) => notOlder))
	});
}
/** Gives those that are in the backup; something looks at each. */
async function restoreVolumes(world, plan, target, { volumes, backup, before, name, until }) {
	const pods = volumes.flatMap(({ throughPods }) => throughPods === void 0 ? [] : [throughPods]);
	const through = pods.length > 0;
	const claims = ["persistentvolumeclaims", "persistentvolumes"];
	await startRestore(world, plan, target, {
		name,
		backup: backup.name,
		resources: through ? [...claims, "pods"] : claims,
		pods
	});
	const started = /* @__PURE__ */ new Set();
	const startWhereThere = async (volume) => {
		const claim = started.has(volume) ? void 0 : await claimOf(world, plan, volume);
		if (claim === void 0) return;
		started.add(volume);
		await startCheck(world, plan, {
			volume,
			claim,
			backup,
			before: before?.[volume.claim]
		}, until);
	};
	await endOfRestore(world, plan, {
		name,
		until
	}, async () => {
		if (!through) for (const volume of volumes) await startWhereThere(volume);
	});
	if (through) await remove(world.server, core(plan.namespace, "pods"), restoredLabel);
	for (const volume of volumes) await startWhereThere(volume);
	return started;
}
/** Its name in the cluster, undefined as long as it is not there. */
async function claimOf(world, { namespace }, { claim, found }) {
	const claims = core(namespace, "persistentvolumeclaims");
	if (found === void 0) return await find(world.server, `${claims}/${claim}`) === void 0 ? void 0 : claim;
	const selector = Object.entries(found).map(([key, value]) => `${key}=${value}`);
	const [first] = await list(world.server, claims, selector.join(","));
	return first?.metadata.name;
}
// generator/drill/run.ts
/** Returns whether every service passed. `run` is the same when it is started again after it was killed. */
async function runDrills(world, plan, run) {
	const results = await readResults(world, plan);
	const mine = new Set(plan.targets.map(keyOf));
	let passed = Object.entries(results).every(([key, result]) => !mine.has(key) || result.run !== run || result.passed);
	const due = plan.targets.filter((target) => results[keyOf(target)]?.run !== run).sort((a, b) => lastTried(results, a) - lastTried(results, b));
	let stuck = await failureOf(() => clean(world, plan));
	for (const target of due) {
		const begun = world.now();
		const outcome = stuck ?? await outcomeOf(world, plan, target, results[keyOf(target)]);
		if (stuck === void 0) stuck = await failureOf(() => clean(world, plan));
		const result = resultOf({
			world,
			target,
			run,
			begun,
			end: stuck === void 0 || outcome === stuck ? outcome : worse(outcome, stuck),
			before: results[keyOf(target)]
		});
		passed &&= result.passed;
		await record(world, plan, result);
		if (world.stopped()) return false;
		if (stuck?.reason === "ApiServer") stuck = await failureOf(() => clean(world, plan));
		if (stuck?.reason !== "ApiServer") stuck &&= inTheWay(stuck);
	}
	return passed && stuck === void 0;
}
var inTheWay = (stuck) => stuck.reason === "NotReached" ? stuck : new DrillFailure("NotReached", `an earlier service is in the way: ${stuck.message}`);
var lastTried = (results, target) => results[keyOf(target)]?.at ?? 0;
var outcomeOf = (world, plan, target, before) => settled(() => drill(world, plan, target, before?.inventory));
async function failureOf(act) {
	const end = await settled(act);
	return end instanceof DrillFailure ? end : void 0;
}
/** An API server that refuses or is away ends a drill, not the program. */
async function settled(act) {
	try {
		return await act();
	} catch (error) {
		return error instanceof DrillFailure ? error : new DrillFailure("ApiServer", error instanceof Error ? error.message : String(error));
	}
}
/** Both are told; data that is wrong matters more. */
var worse = (outcome, stuck) => outcome instanceof DrillFailure ? new DrillFailure(outcome.reason, `${outcome.message}; ${stuck.message}`) : stuck;
function resultOf({ world, target, run, begun, end, before }) {
	const at = Math.round(world.now() / 1e3);
	const seconds = Math.round((world.now() - begun) / 1e3);
	const { environment, service } = target;
	const common = {
		environment,
		service,
		run,
		at,
		seconds
	};
	if (!(end instanceof DrillFailure)) return {
		...common,
		passed: true,
		passedAt: at,
		message: `restored and looked at in ${seconds} s`,
		backupAge: end.backupAge,
		inventory: end.inventory
	};
	return {
		...common,
		passed: false,
		reason: end.reason,
		message: end.message.slice(0, 2e3),
		...before?.passedAt === void 0 ? {} : { passedAt: before.passedAt },
		...before?.inventory === void 0 ? {} : { inventory: before.inventory }
	};
}
// generator/drill/main.ts
/**
* The restore drill. `run` drills all services of the plan, `serve` gives the results to Prometheus, `check` looks at
* one restored volume, in a pod of its own that `run` makes.
*/
var environment = process.env;
function readPlan() {
	return JSON.parse(readFileSync(environment["PLAN"] ?? "/app/plan.json", "utf8"));
}
var stopped = false;
var world = () => ({
	server: apiServerOfPod(environment, async (milliseconds) => {
		await setTimeout(milliseconds);
	}),
	now: Date.now,
	stopped: () => stopped,
	say: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
	ask: async (url) => {
		try {
			return (await fetch(url, { signal: AbortSignal.timeout(1e4) })).status;
		} catch {
			return;
		}
	}
});
/** Pods of one Job are called after it, with a word of their own behind the last hyphen. */
var runOf = (pod) => pod.replace(/-[^-]*$/, "");
async function run() {
	process.on("SIGTERM", () => {
		stopped = true;
	});
	const passed = await runDrills(world(), readPlan(), runOf(environment["POD_NAME"] ?? "by-hand"));
	process.exitCode = passed ? 0 : 1;
}
function serve() {
	const plan = readPlan();
	const here = world();
	const server = createServer((request, response) => {
		if (request.url !== "/metrics") {
			response.writeHead(request.url === "/healthz" ? 200 : 404).end();
			return;
		}
		readResults(here, plan).then((results) => response.writeHead(200, { "content-type": "text/plain; version=0.0.4" }).end(metricsText(plan, results)), (error) => response.writeHead(503).end(String(error)));
	});
	process.on("SIGTERM", () => server.close());
	server.listen(Number(environment["PORT"] ?? 9090));
}
async function check() {
	const request = JSON.parse(environment["CHECK"] ?? "{}");
	const findings = await judge(environment["RESTORED"] ?? "/restored", request, environment["ANSWERS"]);
	writeFileSync(environment["TERMINATION_LOG"] ?? "/dev/termination-log", messageOf(findings));
}
var modes = {
	run,
	serve,
	check
};
var mode = modes[process.argv[2] ?? ""];
if (mode === void 0) {
	process.stderr.write(`usage: drill ${Object.keys(modes).join(" | ")}\n`);
	process.exitCode = 2;
} else await mode();
export {};
