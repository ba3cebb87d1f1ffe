// Go packages that open no listening port by being used. Only where a program uses nothing else may it be said that it
// listens nowhere. The standard library listens by calls that `signatures.ts` knows.

const quietModules =
  /^(?:github\.com\/(?:aws\/|spf13\/|joho\/godotenv|caarlos0\/env|kelseyhightower\/envconfig|ilyakaznacheev\/cleanenv|sirupsen\/logrus|rs\/(?:zerolog|xid)|google\/uuid|lib\/pq|jackc\/|jmoiron\/sqlx|go-sql-driver\/|mattn\/go-sqlite3|go-redis\/|redis\/go-redis|segmentio\/kafka-go|confluentinc\/|IBM\/sarama|Shopify\/sarama|streadway\/amqp|rabbitmq\/|nats-io\/nats\.go|pkg\/errors|stretchr\/|golang-jwt\/|dgrijalva\/jwt-go|bwmarrin\/discordgo|slack-go\/|go-telegram-bot-api\/|line\/line-bot-sdk-go|robfig\/cron|shopspring\/|samber\/|go-playground\/|mitchellh\/mapstructure|pelletier\/go-toml|BurntSushi\/toml|goccy\/|json-iterator\/|golang-migrate\/|pressly\/goose|uber-go\/|hashicorp\/(?:go-|golang-lru)|gofrs\/uuid|oklog\/ulid|stripe\/stripe-go|sendgrid\/|PuerkitoBio\/goquery|gocolly\/|fatih\/color|urfave\/cli|alecthomas\/kingpin|go-resty\/)|go\.uber\.org\/(?:zap|atomic|multierr|automaxprocs)|gorm\.io\/|go\.mongodb\.org\/|gopkg\.in\/(?:yaml|ini|mgo|gomail|natefinch)|golang\.org\/x\/|google\.golang\.org\/(?:api|protobuf|genproto)|cloud\.google\.com\/)/;

export function isQuietGoModule(module: string): boolean {
  const isStandard = module !== '.' && !module.split('/', 1)[0]?.includes('.');
  return isStandard || module === '.' || quietModules.test(module);
}
