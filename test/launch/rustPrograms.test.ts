// How Rust programs are put together: settings, statics, builds in several stages.

import { test } from 'node:test';
import type { Workspace } from './helper.ts';
import { assertRows } from './rows.ts';

const built =
  'FROM rust:1.80 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM debian:bookworm-slim\nWORKDIR /app\nCOPY --from=build /src/target/release/shop /app/shop\nCMD ["/app/shop"]\n';
const main = (body: string, head: string) =>
  `use std::env;\n${head}\n#[tokio::main]\nasync fn main() -> std::io::Result<()> {\n${body}\n}\n`;
const program = (body: string, head = '', more: Workspace = {}): Workspace => ({
  Dockerfile: built,
  'Cargo.toml': '[package]\nname = "shop"\n',
  'src/main.rs': main(body, head),
  ...more,
});
const listen = 'let listener = TcpListener::bind(addr).await?;\naxum::serve(listener, app).await';

test('programs of Rust', () =>
  assertRows([
    {
      name: 'early return',
      files: program(
        `let addr = SocketAddr::from(([0,0,0,0], port()));\n${listen}\n}\nfn port() -> u16 {\n if let Ok(p) = env::var("PORT") {\n  return p.parse().unwrap();\n }\n 8022`,
        'use std::net::SocketAddr;\nuse tokio::net::TcpListener;',
      ),
      task: { environment: [{ name: 'PORT', value: '7000' }] },
      listens: '7000',
    },
    {
      name: 'default impl',
      files: program(
        `let c = Config::default();\nlet addr = format!("0.0.0.0:{}", c.port);\n${listen}\n}\nstruct Config { port: u16 }\nimpl Default for Config {\n fn default() -> Self { Config { port: 8023 } }`,
        'use tokio::net::TcpListener;',
      ),
      listens: '8023',
    },
    {
      name: 'once_cell',
      files: program(
        `let addr = format!("0.0.0.0:{}", *PORT);\n${listen}`,
        'use tokio::net::TcpListener;\nstatic PORT: Lazy<u16> = Lazy::new(|| env::var("PORT").ok().and_then(|p| p.parse().ok()).unwrap_or(8024));',
      ),
      listens: '8024',
    },
    {
      name: 'actix variable',
      files: program(
        `let server = HttpServer::new(|| App::new());\nlet bind = env::var("BIND").unwrap_or("0.0.0.0:8025".into());\nserver.bind(&bind)?.run().await`,
        'use actix_web::*;',
      ),
      listens: '8025',
    },
    {
      name: 'workdir dummy main (chef)',
      files: {
        ...program(`let addr = "0.0.0.0:8026";\n${listen}`, 'use tokio::net::TcpListener;'),
        Dockerfile:
          'FROM lukemathwalker/cargo-chef:latest-rust-1 AS chef\nWORKDIR /app\nFROM chef AS planner\nCOPY . .\nRUN cargo chef prepare --recipe-path recipe.json\nFROM chef AS builder\nCOPY --from=planner /app/recipe.json recipe.json\nRUN cargo chef cook --release --recipe-path recipe.json\nCOPY . .\nRUN cargo build --release --bin shop\nFROM debian:bookworm-slim AS runtime\nWORKDIR /app\nCOPY --from=builder /app/target/release/shop /usr/local/bin\nENTRYPOINT ["/usr/local/bin/shop"]\n',
      },
      listens: '8026',
    },
    {
      name: 'rocket attach in main',
      files: program('', '', {
        'src/main.rs':
          '#[rocket::main]\nasync fn main() -> Result<(), rocket::Error> {\n let figment = rocket::Config::figment().merge(("port", 8027)).merge(("address", "0.0.0.0"));\n let _ = rocket::custom(figment).mount("/", routes![a]).launch().await?;\n Ok(())\n}\n',
      }),
      listens: '8027',
    },
  ]));
