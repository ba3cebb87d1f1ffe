#!/usr/bin/env python3
import aws_cdk as cdk

from flask_app.stack import FlaskAppStack

app = cdk.App()

FlaskAppStack(
    app,
    "FlaskApp",
    cluster_name="production",
    container_port=5001,  # where the application listens
    env=cdk.Environment(account="123456789012", region="eu-west-1"),
)

app.synth()
