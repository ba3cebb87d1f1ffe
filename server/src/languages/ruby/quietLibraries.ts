// Ruby libraries that open no listening port by being used. Only where a program uses nothing else may it be said that it
// listens nowhere.

const quiet = new Set(
  (
    'English abbrev base64 benchmark bigdecimal bundler bundler/setup cgi coverage csv date delegate digest erb etc ' +
    'fileutils find forwardable io json logger matrix monitor mutex_m net/http net/https net/smtp net/imap objspace ' +
    'observer open-uri open3 openssl optparse ostruct pathname pp prettyprint prime pstore psych readline resolv ' +
    'ripper securerandom set shellwords singleton stringio strscan syslog tempfile time timeout tmpdir tsort uri ' +
    'weakref yaml zlib ' +
    'active_record active_support activerecord activesupport amazing_print aws-sdk bunny dalli discordrb dotenv ' +
    'dotenv/load excon faraday ffi google/apis hashie honeybadger http httparty hiredis i18n mail mechanize mongo ' +
    'mysql2 nokogiri octokit oj openai pg pry rake redis rest-client resque rexml rollbar rufus-scheduler sentry-ruby ' +
    'sequel sidekiq slack-notifier slack-ruby-client slop sqlite3 telegram/bot thor twilio-ruby twitter typhoeus zeitwerk'
  ).split(' '),
);

export function isQuietRubyLibrary(library: string): boolean {
  if (library.startsWith('.') || quiet.has(library)) return true;
  const [root = ''] = library.split('/');
  return (
    root.startsWith('aws-sdk-') ||
    /^(?:json|active_support|active_record|aws-sdk|digest|openssl|rexml|optparse)$/.test(root)
  );
}
