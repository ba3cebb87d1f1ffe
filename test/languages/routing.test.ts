// What programs say about the paths they answer, where their text is cut, damaged, or very long.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { programs } from '../../server/src/sources/program.ts';
import { cpuMilliseconds } from '../cpuTime.ts';
import { loadGrammars } from './programs.ts';

before(() => loadGrammars('python', 'typescript', 'go', 'java', 'kotlin', 'c-sharp', 'ruby'));

const texts: Readonly<Record<string, string>> = {
  'shop/urls.py': `from django.urls import include, path, re_path
urlpatterns = [path('health/', views.health), re_path(r'^x/(?P<y>[0-9]+)$', v), path('api/', include('api.urls')), *more]
urlpatterns += static(settings.MEDIA_URL) + [path(PREFIX + 'a', include([path('b', b)]))]
`,
  'main.ts': `import { NestFactory } from '@nestjs/core';
import { Controller, Get } from '@nestjs/common';
@Controller({ path: ['a', 'b'], version: '1' })
export class A extends B { @Get(':id') one() {} @Own() two() {} }
const app = await NestFactory.create<X>(M);
app.setGlobalPrefix('api', { exclude: ['x'] }); SwaggerModule.setup('docs', app, d); app.use('/q', (q, s, n) => n());
`,
  'main.go': `package main
import ("net/http"; "github.com/go-chi/chi/v5")
type S struct { r *chi.Mux; Other chi.Router }
func main() {
	r := chi.NewRouter(); r.Use(auth, func(n http.Handler) http.Handler { return n })
	r.Route("/a", func(r chi.Router) { r.With(x).Get("/b", h); r.Mount("/c", c()) })
	s := &S{r: r}; s.r.Method("GET", p, h); http.Handle("GET x.com/{$}", log(r)); register(r)
}
`,
  'A.java': `package a;
@RestController @RequestMapping(value = {"/a", P.B}, produces = "x")
public class A extends B implements C<D> { @GetMapping({"/x", "/y"}) public String x() { return ""; } class I { @PostMapping void y() {} } }
`,
  'A.kt': `@RestController
@RequestMapping("/a")
class A(val x: Y) : B(), C {
  @GetMapping(value = ["/z"]) fun z() = 1
  object O { @PostMapping("/q") fun q() {} }
}
`,
  'Program.cs': `var app = WebApplication.Create(args); var g = app.MapGroup("/v1").WithTags("x");
g.MapGet("/y", () => 1); app.UseSwaggerUI(c => { c.RoutePrefix = ""; }); app.UseMiddleware<X>(); app.Run(async c => { });
[Route("api/[controller]")] public class AController : Base { [HttpGet("{id}"), Route("~/z")] public int Get() => 1; }
`,
  'config/routes.rb': `Rails.application.routes.draw do
  get "up" => "rails/health#show", as: :x
  scope "(:locale)", path: nil do
    resources :a, path: "b" do
      member { get :c, on: :member }
    end
  end
  mount E => "/e"; draw(:f); concern(:g) { root "h#i" } if x
end
`,
};

function routing(name: string, text: string) {
  const uri = `file:///w/${name}`;
  const source = programs.find(({ claims }) => claims(uri) === 'yes');
  assert.ok(source?.routing, name);
  return source.routing({ uri, text });
}

describe('paths of programs', () => {
  for (const [name, text] of Object.entries(texts)) {
    it(`${name}: is read, and equal text gives equal facts`, () => {
      const found = routing(name, text);
      assert.ok(found && found.routes.length + found.declared.length + found.mounts.length > 0);
      assert.deepEqual(routing(name, text), found);
    });

    it(`${name}: says nothing where a part is not understood`, () => {
      assert.equal(routing(name, `${text}\n)]} ( class 5 {{\n`), undefined);
    });

    it(`${name}: cut anywhere, or without a piece`, () => {
      for (let at = 0; at < text.length; at += 7) {
        for (const broken of [text.slice(0, at), text.slice(at), text.slice(0, at) + text.slice(at + 9)])
          assert.doesNotThrow(() => routing(name, broken), `${name} at ${at}`);
      }
    });

    it(`${name}: long texts cost time by their length`, () => {
      const short = text.repeat(Math.ceil(20_000 / text.length));
      const seconds = [short, short.repeat(8)].map((long) => {
        const start = cpuMilliseconds();
        routing(name, long);
        return cpuMilliseconds() - start;
      });
      const [once = 0, often = 0] = seconds;
      assert.ok(often < Math.max(once, 20) * 40, `${once} ms, ${often} ms`);
    });
  }

  it('calls inside of calls are read to a depth', () => {
    for (const [name, opening, closing] of [
      ['main.go', 'package main\nimport "github.com/gin-gonic/gin"\nfunc main() { r := gin.New()\nr', ''],
      ['Program.cs', 'var app = WebApplication.Create(args); app', ';'],
    ] as const) {
      const call = name === 'main.go' ? '.Group("/a")' : '.MapGroup("/a")';
      assert.doesNotThrow(() => routing(name, opening + call.repeat(3000) + closing));
    }
  });
});
