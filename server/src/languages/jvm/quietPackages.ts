// Packages of the JVM that open no listening port by being used. Only where a program uses nothing else may it be said that
// it listens nowhere.

const quiet =
  /^(?:java\.(?!rmi\b)|javax\.(?!servlet\b|ws\b|websocket\b|jms\b)|kotlin\.|kotlinx\.(?:coroutines|serialization|datetime)\b|org\.(?:slf4j|json|jsoup|yaml|postgresql|w3c|xml)\b|org\.apache\.(?:commons|logging|log4j|http|hc|kafka|poi|avro)\b|com\.(?:fasterxml|amazonaws|google\.(?:gson|common|inject|protobuf|cloud|api))\b|software\.amazon\.|redis\.clients\b|com\.mysql\b|com\.mongodb\b|org\.mongodb\b|com\.zaxxer\b|lombok\b|net\.dv8tion\.jda\b|org\.telegram\b|com\.slack\.api\b|discord4j\b|org\.javacord\b|io\.github\.cdimascio\b|okhttp3\b|retrofit2\b|ch\.qos\.logback\b|com\.rabbitmq\b|org\.quartz\b|picocli\b|com\.beust\b|org\.hibernate\b|jakarta\.(?:persistence|inject|validation|annotation)\b)|^\.(?:\/|$)/;

export function isQuietPackage(name: string): boolean {
  return quiet.test(name);
}
