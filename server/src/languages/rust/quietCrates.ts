// Rust crates that open no listening port by being used. Only where a program uses nothing else may it be said that it
// listens nowhere.

const quietCrates = new Set(
  (
    'std core alloc crate self super serde serde_json serde_yaml toml anyhow thiserror eyre color_eyre log env_logger ' +
    'tracing tracing_subscriber dotenv dotenvy envy config clap structopt chrono time uuid rand regex lazy_static ' +
    'once_cell futures futures_util async_trait tokio reqwest sqlx diesel sea_orm redis mongodb aws_config aws_sdk_s3 ' +
    'aws_sdk_sqs aws_sdk_dynamodb aws_sdk_sns rusoto_core lambda_runtime lambda_http bytes url base64 sha2 hmac ' +
    'jsonwebtoken itertools bcrypt argon2 csv lapin rdkafka teloxide serenity tokio_postgres deadpool_postgres secrecy'
  ).split(' '),
);

export function isQuietCrate(module: string): boolean {
  const [name = ''] = module.replace(/^mod /, 'crate::').split('::');
  return quietCrates.has(name) || name.startsWith('aws_sdk_');
}
