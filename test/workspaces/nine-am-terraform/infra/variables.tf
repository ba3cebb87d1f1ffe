variable "name" {
  type    = string
  default = "flask-app"
}

variable "image" {
  description = "What the build pushes."
  type        = string
  default     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/flask-app:latest"
}

# The load balancer and the task definition must agree on it.
variable "container_port" {
  type    = number
  default = 5001
}

variable "subnet_ids" {
  type    = list(string)
  default = ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"]
}

variable "vpc_id" {
  type    = string
  default = "vpc-0123456789abcdef0"
}
