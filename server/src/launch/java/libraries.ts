// What the libraries of a JVM project say about the program: which framework runs it, and whether that opens a port.

import type { Known } from '../../facts/value.ts';
import type { JavaBuild } from './projects.ts';

export type Framework = 'springBoot' | 'quarkus' | 'micronaut' | 'dropwizard' | 'helidon' | 'ktor';

interface Mark {
  readonly framework: Framework;
  readonly library: RegExp;
  readonly plugin?: RegExp;
}

/** The first that fits. */
const marks: readonly Mark[] = [
  { framework: 'quarkus', library: /^io\.quarkus\b.*:quarkus-/, plugin: /quarkus/ },
  { framework: 'micronaut', library: /^io\.micronaut[.\w]*:micronaut-/, plugin: /^io\.micronaut\b/ },
  {
    framework: 'springBoot',
    library: /^org\.springframework\.boot:|^catalog:.*spring-boot|^org\.grails:grails-core/,
    plugin: /^org\.springframework\.boot\b|spring-boot|springboot/i,
  },
  { framework: 'dropwizard', library: /^io\.dropwizard:dropwizard-core|^catalog:dropwizard-core/ },
  { framework: 'helidon', library: /^io\.helidon\b/ },
  { framework: 'ktor', library: /^io\.ktor:ktor-server-|^catalog:ktor-server/, plugin: /^io\.ktor\.plugin/ },
];

export function frameworkOf(build: JavaBuild): Framework | undefined {
  const found = marks.find(
    ({ library, plugin }) =>
      build.dependencies.some(({ value }) => library.test(value)) ||
      build.plugins.some((name) => plugin?.test(name) ?? false),
  );
  return found?.framework;
}

/** The first library whose name fits. */
export function libraryOf(build: JavaBuild, pattern: RegExp): Known<string> | undefined {
  return build.dependencies.find(({ value }) => pattern.test(value));
}

/**
 * Libraries that bring an embedded server, so that Spring Boot listens:
 * https://docs.spring.io/spring-boot/reference/using/build-systems.html#using.build-systems.starters
 */
export const springWeb =
  /spring-boot-starter-(?:web|webmvc|webflux|jersey|hateoas|data-rest|websocket|web-services|webservices|tomcat|undertow|jetty|reactor-netty|thymeleaf-web|oauth2-authorization-server|security-oauth2-authorization-server)$|spring-cloud-(?:starter-)?gateway|spring-cloud-starter-(?:function-web|netflix-(?:eureka-server|zuul|hystrix-dashboard))|spring-cloud-config-server|spring-cloud-starter-config-server|spring-cloud-function-web|spring-boot-admin-starter-server|(?:vaadin|camunda-bpm|flowable|cxf|jersey|graphql|grails|jmix-web|flow)[\w-]*-(?:starter|webapp|rest)[\w-]*$|spring-boot-starter-(?:webapp|rest|cxf-jaxrs|cxf-jaxws)$|^org\.grails:grails-core|^catalog:(?:.*-)?(?:starter-web(?:flux|mvc)?|spring-web|spring-boot-web|web)$/;

/** Libraries of which it is known that they bring no server. */
const quiet =
  /^(?:org\.springframework(?:\.[\w]+)*|org\.projectlombok|com\.fasterxml[\w.]*|org\.postgresql|mysql|com\.mysql|org\.mariadb[\w.]*|com\.h2database|com\.oracle[\w.]*|com\.microsoft\.sqlserver|org\.mongodb|redis\.clients|io\.lettuce|com\.zaxxer|org\.flywaydb|org\.liquibase|com\.amazonaws|software\.amazon\.[\w]+|io\.awspring[\w.]*|com\.google\.[\w.]+|org\.apache\.(?:kafka|commons|httpcomponents[\w.]*|logging[\w.]*|poi|avro|pdfbox)|commons-[\w]+|org\.slf4j|ch\.qos\.logback|net\.logstash\.logback|io\.micrometer|io\.sentry|org\.mapstruct|org\.hibernate[\w.]*|jakarta[\w.]*|javax[\w.]*|io\.jsonwebtoken|com\.auth0|org\.jetbrains[\w.]*|io\.github\.openfeign|com\.squareup[\w.]*|org\.json|org\.yaml|org\.jsoup|org\.apache|com\.opencsv|io\.confluent|io\.opentelemetry[\w.]*|com\.datadoghq|com\.newrelic[\w.]*|org\.quartz-scheduler|net\.javacrumbs\.shedlock|net\.dv8tion|com\.discord4j|org\.javacord|org\.telegram|com\.slack\.api|org\.junit[\w.]*|org\.mockito|org\.assertj|net\.bytebuddy|org\.aspectj|dev\.langchain4j|org\.modelmapper|com\.querydsl):|^project:/;

/** Whether none of the libraries brings a server; undefined where one of them may. */
export function opensNothing(build: JavaBuild): boolean | undefined {
  if (!build.complete) return undefined;
  return build.dependencies.every(({ value }) => quiet.test(value)) ? true : undefined;
}

export function unknownLibrary(build: JavaBuild): string | undefined {
  return build.dependencies.find(({ value }) => !quiet.test(value))?.value;
}
