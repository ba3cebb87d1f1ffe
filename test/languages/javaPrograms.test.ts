// Java and Kotlin programs: listen calls and their edits, and texts that are cut, damaged or very long.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { edited, extract, loadGrammars } from './programs.ts';

before(() => loadGrammars('java', 'kotlin'));

const java = `package com.acme;
import io.javalin.Javalin;
import java.net.*;
public class App extends Base {
  private final int port = 7000;
  App(int port) { this.port = port; }
  public static void main(String[] args) throws Exception {
    int p = args.length > 0 ? Integer.parseInt(args[0]) : Integer.getInteger("http.port", 8080);
    if (p != 0 && !"x".equals(args[0])) { new ServerSocket(p, 50, InetAddress.getByName("127.0.0.1")); }
    Javalin.create(c -> { c.x = "é🚀"; }).start("0.0.0.0", 9001);
    Runnable r = App::serve;
  }
}
`;
const kotlin = `package com.acme
import io.ktor.server.engine.*
class Web(val port: Int = 8080) { fun start() { embeddedServer(Netty, port = port) { }.start() } }
fun main(args: Array<String>) {
    val port = System.getenv("PORT")?.toInt() ?: 8080
    if (args.isNotEmpty()) Web(args[0].toInt()).start() else embeddedServer(Netty, 9001, "\${host}x🚀").start(wait = true)
}
`;

test('listen calls are found with their APIs', () => {
  const ids = (extension: string, text: string) => extract(extension, text).listeners.map(({ api }) => api.id);
  assert.deepEqual(ids('.java', java), ['java.serverSocket', 'javalin.start']);
  assert.deepEqual(ids('.kt', kotlin), ['ktor.embeddedServer', 'ktor.embeddedServer']);
  assert.deepEqual(ids('.java', 'class A { void x() { new Thread(r).start(); list.listen(5); map.port(3); } }'), []);
});

test('a literal is replaced in place', () => {
  for (const [extension, text] of [
    ['.java', java],
    ['.kt', kotlin],
  ] as const) {
    const start = text.indexOf('9001');
    const at = { uri: `file:///app/main${extension}`, span: { start, end: start + 4 } };
    assert.equal(edited(extension, text, { kind: 'replace', at, value: 80 }), text.replace('9001', '80'));
    const comment = { ...at, span: { start: 0, end: 3 } };
    assert.equal(edited(extension, text, { kind: 'replace', at: comment, value: 80 }), text);
  }
});

test('cut, damaged and long texts are read in time', () => {
  for (const [extension, text] of [
    ['.java', java],
    ['.kt', kotlin],
  ] as const) {
    for (let end = 0; end < text.length; end += 5) {
      extract(extension, text.slice(0, end));
      extract(extension, `${text.slice(0, end)}(${text.slice(end + 3)}`);
    }
    for (const part of ['(', '{', 'a.b().', 'f(', 'import a.', 'x + ', '"${', 'class A { ', 'a -> ', '\u0000é']) {
      const begin = process.cpuUsage().user;
      extract(extension, `class A { void f() { ${part.repeat(20_000)}`);
      const seconds = (process.cpuUsage().user - begin) / 1e6;
      assert.ok(seconds < 6, `${extension} takes ${seconds} s of ${JSON.stringify(part)}`);
    }
  }
});
