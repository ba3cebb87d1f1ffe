// Which paths Rails applications serve.

import { type Row, testServed } from './servedPaths.ts';

const rails = (routes: string, files = ''): string => `--- Dockerfile
FROM ruby:3.4-slim
WORKDIR /rails
RUN apt-get update && apt-get install -y wget
ENV RAILS_ENV=production
COPY . .
CMD ["bundle", "exec", "puma", "-b", "tcp://0.0.0.0:8080"]
--- config.ru
require_relative "config/environment"
run Rails.application
Rails.application.load_server
--- config/application.rb
require_relative "boot"
module Web
  class Application < Rails::Application
    config.middleware.insert_before 0, Rack::Cors do
    end
  end
end
--- config/routes.rb
Rails.application.routes.draw do
${routes}
end
${files}`;

const rows: readonly Row[] = [
  {
    name: 'Rails: the health check of its generator',
    files: rails('  get "up" => "rails/health#show", as: :rails_health_check\n  root "home#index"'),
    unserved: ['/health', '/up/more'],
    served: ['/up', '/'],
  },
  {
    name: 'Rails: no root',
    files: rails("  get '/health', to: 'health#show'\n  post :login, to: 'sessions#create'"),
    unserved: ['/', '/healthz'],
    served: ['/health', '/login'],
  },
  {
    name: 'Rails: resources, namespaces and scopes',
    files: rails(
      "  namespace :api, defaults: { format: :json } do\n    scope '/v1', module: 'v1' do\n      resources :photos, only: %i[index] do\n        member { get :preview }\n        get 'search', on: :collection\n      end\n      get 'health' => 'status#show'\n    end\n  end",
    ),
    unserved: ['/', '/health', '/photos', '/api/health'],
    served: ['/api/v1/photos', '/api/v1/photos/7/preview', '/api/v1/photos/search', '/api/v1/health'],
  },
  {
    name: 'Rails: engines below a path',
    files: rails("  mount Sidekiq::Web => '/sidekiq'\n  mount Api::Engine, at: '/engine'\n  devise_for :users"),
    unserved: ['/health'],
    served: ['/sidekiq', '/engine/health', '/users/sign_in'],
  },
  { name: 'Rails: an engine at the root', files: rails("  mount Spree::Core::Engine => '/'"), served: ['/health'] },
  { name: 'Rails: everything', files: rails("  get '*path', to: 'pages#show'"), served: ['/health'] },
  {
    name: 'Rails: a language before all paths',
    files: rails("  scope '(:locale)' do\n    get 'about'\n  end"),
    served: ['/health'],
  },
  { name: 'Rails: routes of other files', files: rails('  draw :admin'), served: ['/health'] },
  { name: 'Rails: helpers of a library', files: rails('  health_check_routes'), served: ['/health'] },
  { name: 'Rails: administration by a library', files: rails('  ActiveAdmin.routes(self)'), served: ['/admin'] },
  {
    name: 'Rails: middleware that may answer',
    files: rails("  get 'about'", '--- config/initializers/probe.rb\nRails.application.config.middleware.use Probe\n'),
    served: ['/health'],
  },
  {
    name: 'Rails: routes that an initializer adds',
    files: rails(
      "  get 'about'",
      '--- config/initializers/up.rb\nRails.application.routes.append do\n  get "health"\nend\n',
    ),
    served: ['/health'],
  },
  {
    name: 'Rails: files of public',
    files: rails("  get 'about'", '--- public/health.html\nok\n--- public/docs/a.html\nok\n'),
    unserved: ['/', '/healthz'],
    served: ['/health', '/health.html', '/docs/a.html', '/about'],
  },
  {
    name: 'Rails: a routine in place of a controller, and conditions',
    files: rails(
      '  get "/ok" => ->(env) { [200, {}, ["OK"]] }\n  if Rails.env.development?\n    mount A::Engine, at: "/a"\n  end\n  resource :profile if Rails.env.test?',
    ),
    unserved: ['/health'],
    served: ['/ok', '/a/b', '/profile/edit'],
  },
];

testServed(rows);
