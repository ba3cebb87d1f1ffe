// What Rust programs listen on: binaries traced to their crates, servers, the environment, arguments and settings.

import { test } from 'node:test';
import type { Workspace } from './helper.ts';
import { assertRows } from './rows.ts';

const built = (command = '["/app/shop"]', extra = '') =>
  `FROM rust:1.80 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM debian:bookworm-slim\nWORKDIR /app\n${extra}COPY --from=build /src/target/release/shop /app/shop\nCMD ${command}\n`;
const manifest = '[package]\nname = "shop"\nversion = "0.1.0"\n';

function program(body: string, head = '', files: Workspace = {}): Workspace {
  const main = `use std::env;\n${head}\n#[tokio::main]\nasync fn main() -> std::io::Result<()> {\n${body}\n}\n`;
  return { Dockerfile: built(), 'Cargo.toml': manifest, 'src/main.rs': main, ...files };
}

const actix = (address: string) => `HttpServer::new(|| App::new()).bind(${address})?.run().await`;
const axum = 'let listener = tokio::net::TcpListener::bind(&addr).await?;\naxum::serve(listener, app).await';

test('servers', () =>
  assertRows([
    {
      name: 'Actix with a pair',
      files: program(actix('("0.0.0.0", 8080)'), 'use actix_web::{App, HttpServer};'),
      listens: '8080',
      at: 'src/main.rs:8080',
      steps: ['CMD ["/app/shop"]', 'cargo build --release'],
    },
    {
      name: 'Actix on loopback',
      files: program(actix('"127.0.0.1:8080"'), 'use actix_web::{App, HttpServer};'),
      listens: '127.0.0.1:8080',
    },
    {
      name: 'axum with an array of numbers',
      files: program(`let addr = SocketAddr::from(([0, 0, 0, 0], 3000));\n${axum}`, 'use std::net::SocketAddr;'),
      listens: '3000',
    },
    {
      name: 'axum with a parsed text',
      files: program(
        'let addr: SocketAddr = "0.0.0.0:3001".parse().unwrap();\naxum::Server::bind(&addr).serve(app.into_make_service()).await',
        'use std::net::SocketAddr;',
      ),
      listens: '3001',
    },
    {
      name: 'warp',
      files: program('warp::serve(routes).run(([0, 0, 0, 0], 3030)).await'),
      listens: '3030',
    },
    {
      name: 'tonic',
      files: program(
        'let addr = "[::]:50051".parse()?;\nServer::builder().add_service(svc).serve(addr).await',
        'use tonic::transport::Server;',
      ),
      listens: '50051',
    },
    {
      name: 'a bind of a query is no listener',
      files: program(
        `sqlx::query("select $1").bind(8080);\n${actix('("0.0.0.0", 8081)')}`,
        'use actix_web::{App, HttpServer};',
      ),
      listens: '8081',
    },
  ]));

const rocket = (extra = '') =>
  `#[macro_use] extern crate rocket;\n#[launch]\nfn rocket() -> _ {\n    rocket::build()${extra}.mount("/", routes![index])\n}\n`;

test('Rocket', () =>
  assertRows([
    {
      name: 'by itself it stays on loopback',
      files: { ...program(''), 'src/main.rs': rocket() },
      listens: '127.0.0.1:8000',
      steps: ['Rocket listens on 8000 when no port is given'],
    },
    {
      name: 'variables',
      files: {
        ...program(''),
        Dockerfile: built(undefined, 'ENV ROCKET_ADDRESS=0.0.0.0 ROCKET_PORT=8001\n'),
        'src/main.rs': rocket(),
      },
      listens: '8001',
      at: 'Dockerfile:8001',
    },
    {
      name: 'Rocket.toml that the image holds',
      files: {
        ...program(''),
        Dockerfile: built(undefined, 'COPY Rocket.toml .\n'),
        'Rocket.toml': '[default]\naddress = "0.0.0.0"\nport = 8002\n',
        'src/main.rs': rocket(),
      },
      listens: '8002',
      at: 'Rocket.toml:8002',
    },
    {
      name: 'Rocket.toml that stays behind',
      files: {
        ...program(''),
        'Rocket.toml': '[default]\naddress = "0.0.0.0"\nport = 8002\n',
        'src/main.rs': rocket(),
      },
      listens: '127.0.0.1:8000',
    },
  ]));

test('the environment', () =>
  assertRows([
    {
      name: 'a default',
      files: program(
        `let port = env::var("PORT").unwrap_or_else(|_| "8080".to_string());\nlet addr = format!("0.0.0.0:{}", port);\n${axum}`,
      ),
      listens: '8080',
      at: 'src/main.rs:8080',
    },
    {
      name: 'the variable beats it',
      files: program(
        `let port: u16 = env::var("PORT").ok().and_then(|p| p.parse().ok()).unwrap_or(8080);\nlet addr = format!("0.0.0.0:{port}");\n${axum}`,
      ),
      task: { environment: [{ name: 'PORT', value: '7000' }] },
      listens: '7000',
      at: 'task.json:7000',
    },
    {
      name: 'a match',
      files: program(
        `let port = match env::var("PORT") {\n Ok(value) => value.parse::<u16>().unwrap(),\n Err(_) => 3002,\n};\nlet addr = SocketAddr::from(([0, 0, 0, 0], port));\n${axum}`,
        'use std::net::SocketAddr;',
      ),
      listens: '3002',
    },
    {
      name: 'nothing sets it',
      files: program(`let port = env::var("PORT").expect("PORT");\nlet addr = format!("0.0.0.0:{}", port);\n${axum}`),
      listens: /^unknown: .*PORT is read from the environment/,
    },
    {
      name: 'arguments of clap',
      files: {
        ...program(
          `let args = Args::parse();\nlet addr = SocketAddr::new(args.host, args.port);\n${axum}`,
          'use clap::Parser;\nuse std::net::SocketAddr;\n#[derive(Parser)]\nstruct Args {\n #[arg(long, default_value = "0.0.0.0")]\n host: IpAddr,\n #[arg(short, long, env = "PORT", default_value_t = 3003)]\n port: u16,\n}',
        ),
        Dockerfile: built('["/app/shop", "--port", "3004"]'),
      },
      listens: '3004',
    },
    {
      name: 'the default of clap',
      files: program(
        `let args = Args::parse();\nlet addr = format!("0.0.0.0:{}", args.port);\n${axum}`,
        'use clap::Parser;\n#[derive(Parser)]\nstruct Args {\n #[arg(short, long, env = "PORT", default_value_t = 3003)]\n port: u16,\n}',
      ),
      listens: '3003',
      at: 'src/main.rs:3003',
    },
  ]));

const config =
  'use std::env;\npub struct Config {\n pub host: String,\n pub port: u16,\n}\nimpl Config {\n pub fn from_env() -> Result<Self, Error> {\n  let port = env::var("PORT").unwrap_or("4000".into()).parse()?;\n  Ok(Self { host: String::from("0.0.0.0"), port })\n }\n pub fn address(&self) -> String {\n  format!("{}:{}", self.host, self.port)\n }\n}\n';

test('modules', () =>
  assertRows([
    {
      name: 'a settings struct of another file',
      files: program(
        `let config = Config::from_env().unwrap();\nlet addr = config.address();\n${axum}`,
        'mod config;\nuse crate::config::Config;',
        { 'src/config.rs': config },
      ),
      listens: '4000',
      at: 'src/config.rs:4000',
    },
    {
      name: 'a server in a module, a constant of the root',
      files: program('server::run().await', 'mod server;\npub const PORT: u16 = 4_001;', {
        'src/server/mod.rs': `pub async fn run() -> std::io::Result<()> {\nlet addr = ("0.0.0.0", crate::PORT);\n${axum}\n}\n`,
      }),
      listens: '4001',
    },
    {
      name: 'a static that is made when first used',
      files: program(
        `let addr = CONFIG.address();\n${axum}`,
        'mod config;\nuse crate::config::Config;\nlazy_static! {\n static ref CONFIG: Config = Config::from_env().unwrap();\n}',
        { 'src/config.rs': config },
      ),
      listens: '4000',
    },
    {
      name: 'the library of the same package',
      files: program('shop::run().await', '', {
        'src/lib.rs': `pub async fn run() -> std::io::Result<()> {\nlet addr = "0.0.0.0:4002";\n${axum}\n}\n`,
      }),
      listens: '4002',
    },
    {
      name: 'envy fills a struct',
      files: program(
        `let config: Settings = envy::from_env().unwrap();\nlet addr = format!("0.0.0.0:{}", config.port);\n${axum}`,
        '#[derive(Deserialize)]\nstruct Settings {\n #[serde(default = "default_port")]\n port: u16,\n}\nfn default_port() -> u16 {\n 4003\n}',
      ),
      listens: '4003',
    },
  ]));

const worker = 'fn main() {\n println!("done");\n}\n';

test('binaries', () =>
  assertRows([
    {
      name: 'one binary of a workspace',
      files: {
        'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
        'crates/api/Cargo.toml': '[package]\nname = "api"\n',
        'crates/api/src/main.rs': program(`let addr = "0.0.0.0:5000";\n${axum}`)['src/main.rs'] ?? '',
        'crates/worker/Cargo.toml': '[package]\nname = "worker"\n',
        'crates/worker/src/main.rs': worker,
        Dockerfile:
          'FROM rust:1.80 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release --bin api --target x86_64-unknown-linux-musl\nFROM scratch\nCOPY --from=build /src/target/x86_64-unknown-linux-musl/release/api /usr/local/bin/\nENTRYPOINT ["api"]\n',
      },
      listens: '5000',
    },
    {
      name: 'cargo install',
      files: {
        ...program(`let addr = "0.0.0.0:5001";\n${axum}`),
        Dockerfile: 'FROM rust:1.80\nWORKDIR /src\nCOPY . .\nRUN cargo install --path .\nCMD ["shop"]\n',
      },
      listens: '5001',
    },
    {
      name: 'a binary that is renamed',
      files: {
        ...program(`let addr = "0.0.0.0:5002";\n${axum}`),
        Dockerfile:
          'FROM rust:1.80 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release && mv target/release/shop /server\nFROM debian\nCOPY --from=build /server /app/server\nCMD ["/app/server"]\n',
      },
      listens: '5002',
    },
    {
      name: 'cargo run',
      files: {
        ...program(`let addr = "0.0.0.0:5003";\n${axum}`),
        Dockerfile: 'FROM rust:1.80\nWORKDIR /src\nCOPY . .\nCMD cargo run --release\n',
      },
      listens: '5003',
    },
  ]));
