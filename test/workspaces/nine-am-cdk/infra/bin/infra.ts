import * as cdk from 'aws-cdk-lib';
import { FlaskAppStack } from '../lib/flask-app-stack';

const app = new cdk.App();

new FlaskAppStack(app, 'FlaskApp', {
  env: { account: '123456789012', region: 'eu-west-1' },
  clusterName: 'production',
  containerPort: 5001, // where the application listens
});
