// Which paths Spring Boot applications serve, in Java and in Kotlin.

import { type Row, testServed } from './servedPaths.ts';

const starter = (name: string): string =>
  `<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-${name}</artifactId></dependency>`;

const spring = (libraries: string, properties: string): string => `--- Dockerfile
FROM eclipse-temurin:21-jre
RUN apt-get update && apt-get install -y wget
WORKDIR /app
COPY target/web-1.0.jar app.jar
ENTRYPOINT ["java", "-jar", "app.jar"]
--- pom.xml
<project>
  <groupId>com.acme</groupId>
  <artifactId>web</artifactId>
  <version>1.0</version>
  <dependencies>${starter('web')}${libraries}</dependencies>
  <build><plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>
</project>
--- src/main/resources/application.properties
server.port=8080
${properties}
--- src/main/java/com/acme/web/WebApplication.java
package com.acme.web;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
@SpringBootApplication
public class WebApplication {
  public static void main(String[] args) { SpringApplication.run(WebApplication.class, args); }
}
`;

const controller = (head: string, body: string): string => `--- src/main/java/com/acme/web/api/StatusController.java
package com.acme.web.api;
import org.springframework.web.bind.annotation.*;
import jakarta.validation.Valid;
${head} {
  ${body}
}
`;
const plain = controller(
  '@RestController\n@RequestMapping("/api/status")\npublic class StatusController',
  '@GetMapping\n  public String status() { return "ok"; }\n  @GetMapping({"/live", "/ready/{id}"})\n  public String probes() { return "ok"; }\n  @RequestMapping(path = "/old", method = RequestMethod.GET, produces = "text/plain")\n  public String old() { return "ok"; }',
);

const rows: readonly Row[] = [
  {
    name: 'Spring: annotations of classes and methods',
    files: spring('', '') + plain,
    unserved: ['/', '/health', '/status', '/actuator/health', '/api/status/ready'],
    served: ['/api/status', '/api/status/', '/api/status/live', '/api/status/ready/7', '/api/status/old'],
  },
  {
    name: 'Spring: the actuator',
    files: spring(starter('actuator'), '') + plain,
    unserved: ['/health', '/'],
    served: ['/actuator/health', '/actuator/health/liveness'],
  },
  {
    name: 'Spring: the actuator below another path',
    files: spring(starter('actuator'), 'management.endpoints.web.base-path=/manage') + plain,
    unserved: ['/actuator/health'],
    served: ['/manage/health'],
  },
  {
    name: 'Spring: the actuator below a path that the environment names',
    files: spring(starter('actuator'), 'management.endpoints.web.base-path=${BASE}') + plain,
    served: ['/actuator/health', '/'],
  },
  {
    name: 'Spring: the actuator of a version that may be the first',
    files: (spring(starter('actuator'), '') + plain).replace('import jakarta.validation.Valid;', ''),
    unserved: ['/'],
    served: ['/health', '/actuator/health'],
  },
  {
    name: 'Spring: a context path',
    files: spring(starter('actuator'), 'server.servlet.context-path=/shop') + plain,
    unserved: ['/api/status', '/'],
    served: ['/shop/api/status', '/shop/actuator/health'],
  },
  {
    name: 'Spring: a context path that the environment names',
    files: spring('', 'server.servlet.context-path=${CONTEXT}') + plain,
    unserved: ['/'],
    served: ['/api/status', '/x/api/status'],
  },
  {
    name: 'Spring: constants of another class',
    files: `${spring('', '')}${controller('@RestController\n@RequestMapping(Paths.BASE)\npublic class StatusController', '@GetMapping(Paths.BASE + "/up")\n  public String up() { return ""; }')}--- src/main/java/com/acme/web/api/Paths.java
package com.acme.web.api;
public final class Paths {
  public static final String BASE = "/v1";
}
`,
    unserved: ['/', '/up'],
    served: ['/v1/v1/up'],
  },
  {
    name: 'Spring: a path of the settings',
    files:
      spring('', '') +
      controller(
        '@RestController\n@RequestMapping("${api.prefix}/status")\npublic class StatusController',
        '@GetMapping("/up")\n  public String up() { return ""; }',
      ),
    unserved: ['/'],
    served: ['/x/status/up'],
  },
  {
    name: 'Spring: a generated interface',
    files:
      spring('', '') +
      controller(
        '@RestController\npublic class StatusController implements StatusApi',
        'public String up() { return ""; }',
      ),
    served: ['/health'],
  },
  {
    name: 'Spring: an interface in view',
    files: `${spring('', '')}${controller('@RestController\n@RequestMapping("/api")\npublic class StatusController implements StatusApi', 'public String up() { return ""; }')}--- src/main/java/com/acme/web/api/StatusApi.java
package com.acme.web.api;
public interface StatusApi {
  @GetMapping("/up")
  String up();
}
`,
    unserved: ['/health'],
    served: ['/api/up', '/up'],
  },
  {
    name: 'Spring: functions in place of classes',
    files:
      spring('', '') +
      controller(
        '@Configuration\npublic class StatusController',
        '@Bean RouterFunction<ServerResponse> routes() { return route(GET("/up"), r -> ok()); }',
      ),
    served: ['/health'],
  },
  {
    name: 'Spring: a filter that compares the path',
    files:
      spring('', '') +
      plain +
      controller(
        '@Component\npublic class Probe extends OncePerRequestFilter',
        'boolean is(String path) { return path.equals("/up"); }',
      ).replace('StatusController', 'Probe'),
    unserved: ['/health'],
    served: ['/up'],
  },
  {
    name: 'Spring: an annotation of its own that stands for a mapping',
    files: `${spring('', '')}${plain}--- src/main/java/com/acme/web/Probe.java
package com.acme.web;
@RequestMapping("/probe")
public @interface Probe {}
`,
    served: ['/probe/x'],
  },
  {
    name: 'Spring: pages of Swagger at the root',
    files: spring('', 'springdoc.swagger-ui.path=/') + plain,
    served: ['/'],
  },
  {
    name: 'Spring: repositories that are served',
    files: spring(starter('data-rest'), '') + plain,
    served: ['/health'],
  },
  {
    name: 'Spring: a page at the root, and static files',
    files: `${spring('', '')}${plain}--- src/main/resources/static/index.html\n<p>\n--- src/main/resources/static/img/a.svg\n<svg>\n`,
    unserved: ['/health'],
    served: ['/', '/img/a.svg'],
  },
  {
    name: 'Spring: views without a controller',
    files:
      spring('', '') +
      plain +
      controller(
        '@Configuration\npublic class Web implements WebMvcConfigurer',
        'public void addViewControllers(ViewControllerRegistry registry) { registry.addViewController("/up").setViewName("up"); }',
      ).replace('StatusController', 'Web'),
    unserved: ['/health'],
    served: ['/up'],
  },
  {
    name: 'Spring: Kotlin',
    files: `${spring('', '')}--- src/main/kotlin/com/acme/web/StatusController.kt
package com.acme.web
import org.springframework.web.bind.annotation.*
@RestController
@RequestMapping("/api")
class StatusController(private val clock: Clock) {
  @GetMapping("/up", "/live") fun up(): String = "ok"
  @GetMapping(value = ["/old"]) fun old() = "ok"
}
`,
    unserved: ['/', '/up', '/health'],
    served: ['/api/up', '/api/live', '/api/old'],
  },
];

testServed(rows);
