// Rust programs, on the standard library alone, built in a first stage.

import type { KernelProgram } from '../program.ts';

function crate(name: string, text: string, more: Partial<KernelProgram> = {}, last = 'CMD ["./shop"]'): KernelProgram {
  return {
    name,
    runtime: 'cargo',
    build: 'cargo build --release --offline && mv target/release/shop shop',
    files: {
      Dockerfile: `FROM rust:1 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\n\nFROM debian:12-slim\nWORKDIR /srv\nCOPY --from=build /src/target/release/shop ./shop\n${last}\n`,
      'Cargo.toml':
        '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n\n[profile.release]\nopt-level = 0\n',
      'src/main.rs': text,
      ...more.files,
    },
    ...(more.environment && { environment: more.environment }),
  };
}

const use = 'use std::net::TcpListener;\n';
const accept = '    for stream in listener.incoming() {\n        drop(stream);\n    }\n}\n';

export const rust: readonly KernelProgram[] = [
  crate(
    'a literal address',
    `${use}\nfn main() {\n    let listener = TcpListener::bind("0.0.0.0:5601").unwrap();\n${accept}`,
  ),
  crate(
    'a pair on loopback',
    `${use}\nfn main() -> std::io::Result<()> {\n    let listener = TcpListener::bind(("127.0.0.1", 5602))?;\n    for stream in listener.incoming() {\n        drop(stream?);\n    }\n    Ok(())\n}\n`,
  ),
  crate(
    'a variable with a default',
    `use std::env;\n${use}\nfn main() {\n    let port = env::var("PORT").unwrap_or_else(|_| "5603".to_string());\n    let listener = TcpListener::bind(format!("0.0.0.0:{}", port)).unwrap();\n${accept}`,
  ),
  crate(
    'a number from the environment',
    `use std::env;\n${use}\nfn main() {\n    let port: u16 = env::var("PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(5604);\n    let listener = TcpListener::bind(format!("0.0.0.0:{port}")).unwrap();\n${accept}`,
    { environment: { PORT: '6604' } },
  ),
  crate(
    'SocketAddr',
    `use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};\n\nfn main() {\n    let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 5605);\n    let listener = TcpListener::bind(address).unwrap();\n${accept}`,
  ),
  crate(
    'a module of settings',
    `mod config;\n${use}\nfn main() {\n    let listener = TcpListener::bind((config::HOST, config::PORT)).unwrap();\n${accept}`,
    { files: { 'src/config.rs': 'pub const HOST: &str = "0.0.0.0";\npub const PORT: u16 = 5606;\n' } },
  ),
  crate(
    'a worker',
    'use std::{thread, time::Duration};\n\nfn main() {\n    loop {\n        thread::sleep(Duration::from_secs(1));\n    }\n}\n',
  ),
];
