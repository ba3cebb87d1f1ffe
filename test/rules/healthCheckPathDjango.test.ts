// Which paths Django programs serve.

import { type Row, testServed } from './servedPaths.ts';

const middleware = "'django.middleware.security.SecurityMiddleware', 'django.middleware.common.CommonMiddleware'";

const django = (urls: string, settings = '', list = middleware): string => `--- Dockerfile
FROM python:3.13-slim
WORKDIR /app
RUN apt-get update && apt-get install -y wget
COPY . .
CMD ["gunicorn", "shop.wsgi:application", "--bind", "0.0.0.0:8080"]
--- shop/__init__.py
--- shop/wsgi.py
import os
from django.core.wsgi import get_wsgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')
application = get_wsgi_application()
--- shop/settings.py
ROOT_URLCONF = 'shop.urls'
MIDDLEWARE = [${list}]
${settings}
--- shop/urls.py
from django.contrib import admin
from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path, re_path
from rest_framework.routers import DefaultRouter
from . import views
${urls}
`;
const users = `--- users/__init__.py
--- users/urls.py
from django.urls import path
from . import views
urlpatterns = [path('', views.all), path('<int:id>/', views.one)]
`;

const rows: readonly Row[] = [
  {
    name: 'Django: paths and the admin',
    files: django("urlpatterns = [path('health/', views.health), path('admin/', admin.site.urls)]"),
    unserved: ['/', '/healthz', '/healthz/'],
    served: ['/health/', '/health', '/admin/login/'],
  },
  {
    name: 'Django: patterns of another file',
    files: django("urlpatterns = [path('api/users/', include('users.urls'))]") + users,
    unserved: ['/health', '/users/', '/'],
    served: ['/api/users/', '/api/users/7/'],
  },
  {
    name: 'Django: patterns of a package',
    files: django("urlpatterns = [path('', include('allauth.urls'))]"),
    served: ['/health'],
  },
  {
    name: 'Django: patterns of a package below a path',
    files: django("urlpatterns = [path('accounts/', include('django.contrib.auth.urls'))]"),
    unserved: ['/health'],
    served: ['/accounts/login/'],
  },
  {
    name: 'Django: routers of a library',
    files: django("router = DefaultRouter()\nurlpatterns = [path('api/', include(router.urls))]"),
    unserved: ['/health'],
    served: ['/api/anything/'],
  },
  {
    name: 'Django: regular expressions',
    files: django("urlpatterns = [re_path(r'^up/$', views.up), re_path(r'^files/(?P<name>.+)$', views.file)]"),
    unserved: ['/health', '/'],
    served: ['/up/', '/files/a/b'],
  },
  { name: 'Django: everything', files: django("urlpatterns = [re_path(r'^.*$', views.page)]"), served: ['/health'] },
  {
    name: 'Django: lists that are added, and static files',
    files: django(
      "urlpatterns = [path('a', views.a)] + static(settings.MEDIA_URL)\nif settings.DEBUG:\n    urlpatterns += [path('b', views.b)]",
    ),
    unserved: ['/health', '/'],
    served: ['/a', '/b'],
  },
  {
    name: 'Django: patterns that a function gives',
    files: django('urlpatterns = views.patterns()'),
    served: ['/health'],
  },
  {
    name: 'Django: patterns that are appended',
    files: django("urlpatterns = []\nurlpatterns.append(path('health', views.health))"),
    served: ['/health'],
  },
  {
    name: 'Django: middleware of its own',
    files: django("urlpatterns = [path('a', views.a)]", '', `'shop.middleware.HealthCheckMiddleware', ${middleware}`),
    served: ['/health'],
  },
  {
    name: 'Django: pages at the root by a library',
    files: django("urlpatterns = [path('a', views.a)]", "WHITENOISE_ROOT = 'public'"),
    served: ['/'],
  },
  {
    name: 'Django: a page in place of what is missing',
    files: django("handler404 = 'shop.views.index'\nurlpatterns = [path('a', views.a)]"),
    served: ['/health'],
  },
  {
    name: 'Django: settings of several files',
    files: `${django("urlpatterns = [path('a', views.a)]").replace(/--- shop\/settings.py\n[\s\S]*?(?=---)/, '')}--- shop/settings/__init__.py
from .base import *
--- shop/settings/base.py
ROOT_URLCONF = 'shop.urls'
MIDDLEWARE = [${middleware}]
`,
    unserved: ['/health'],
    served: ['/a'],
  },
];

testServed(rows);
