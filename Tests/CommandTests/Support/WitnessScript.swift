/// The witness: it looks at AWS with boto3, at JSON with Python, and changes things as a colleague
/// would, so that what the tests say of AWS is never Weir's own word.
///
/// It serves `POST {"say": EXPRESSION, "text": ..., "script": ..., "endpoint": ..., keys}` with the
/// value of a Python expression as JSON in one line with sorted keys. The names of the script's file
/// are in `case`.
let witnessScript = #"""
  import http.server, io, json, os, runpy, sys, threading, time, types, zipfile
  import boto3
  from botocore.config import Config
  from botocore.exceptions import ClientError

  clients, lock = {}, threading.Lock()

  class Account:
      def __init__(self, q):
          self.q = q

      def __call__(self, service):
          key = (service, self.q["access_key"])
          with lock:
              if key not in clients:
                  clients[key] = boto3.client(
                      service, endpoint_url=self.q["endpoint"], region_name="us-east-2",
                      aws_access_key_id=self.q["access_key"],
                      aws_secret_access_key=self.q["secret_key"],
                      config=Config(connect_timeout=300, read_timeout=300, retries={"max_attempts": 0}))
              return clients[key]

      def service(self, name="pythonide"):
          found = self("ecs").describe_services(
              cluster=f"{name}-cluster", services=[f"{name}-service"], include=["TAGS"])
          return found["services"][0]

      def task(self, name="pythonide"):
          return self.task_at(self.service(name)["taskDefinition"])

      def task_at(self, arn):
          found = self("ecs").describe_task_definition(taskDefinition=arn, include=["TAGS"])
          return found["taskDefinition"] | {"tags": found.get("tags")}

      def targets(self):
          return self("application-autoscaling").describe_scalable_targets(
              ServiceNamespace="ecs")["ScalableTargets"]

      def policies(self):
          return self("application-autoscaling").describe_scaling_policies(
              ServiceNamespace="ecs")["ScalingPolicies"]

      def actions(self):
          return self("application-autoscaling").describe_scheduled_actions(
              ServiceNamespace="ecs")["ScheduledActions"]

      def lifecycle(self):
          try:
              found = self("s3").get_bucket_lifecycle_configuration(
                  Bucket="pythonide-data-" + self.q["account"])
          except ClientError as error:
              return error.response["Error"]["Code"]
          return without(found, "ResponseMetadata")

      def rule_ids(self):
          return [rule["ID"] for rule in self.lifecycle()["Rules"]]

      def budget(self, name="pythonide-monthly"):
          budgets, names = self("budgets"), dict(AccountId=self.q["account"], BudgetName=name)
          try:
              found = budgets.describe_budget(**names, ShowFilterExpression=True)["Budget"]
          except ClientError as error:
              return error.response["Error"]["Code"]
          notifications = budgets.describe_notifications_for_budget(**names)["Notifications"]
          return {"budget": without(found, "LastUpdatedTime", "CalculatedSpend"), "told": sorted(
              ([n, sorted(budgets.describe_subscribers_for_notification(
                  **names, Notification=without(n, "NotificationState"))["Subscribers"], key=str)]
               for n in notifications), key=str)}

      def make_budget(self, name, limit="70", told=(), **more):
          """A budget of somebody else's, with a limit in USD a month or with none."""
          limits = {"BudgetLimit": {"Amount": limit, "Unit": "USD"}} if limit else {}
          budget = {"BudgetName": name, "BudgetType": "COST", "TimeUnit": "MONTHLY"}
          self("budgets").create_budget(
              AccountId=self.q["account"], Budget=budget | limits | more,
              NotificationsWithSubscribers=list(told))

      def make_function(self, name, **more):
          """A function of somebody else's, with one version."""
          trust = json.dumps({"Version": "2012-10-17", "Statement": []})
          try:
              self("iam").create_role(RoleName="runs", AssumeRolePolicyDocument=trust)
          except self("iam").exceptions.EntityAlreadyExistsException:
              pass
          role = self("iam").get_role(RoleName="runs")["Role"]["Arn"]
          code = io.BytesIO()
          with zipfile.ZipFile(code, "w") as archive:
              archive.writestr("main.py", "def handler(event, context): pass")
          self("lambda").create_function(**({
              "FunctionName": name, "Runtime": "python3.12", "Role": role, "Publish": True,
              "Handler": "main.handler", "Code": {"ZipFile": code.getvalue()}} | more))

      def schedules(self):
          """All schedules of EventBridge Scheduler, without the times of their making."""
          for listed in self("scheduler").list_schedules()["Schedules"]:
              found = self("scheduler").get_schedule(Name=listed["Name"])
              yield without(found, "ResponseMetadata", "CreationDate", "LastModificationDate")

      def limit(self):
          return self.budget()["budget"]["BudgetLimit"]["Amount"]

      def parameters(self):
          pages = self("ssm").get_paginator("describe_parameters").paginate()
          described = [p for page in pages for p in page["Parameters"]]
          names = [p["Name"] for p in described]
          values = [v for i in range(0, len(names), 10)
                    for v in self("ssm").get_parameters(Names=names[i:i + 10])["Parameters"]]
          return {p["Name"]: [
              p["Type"], p["Tier"], p.get("Description"),
              [v["Value"] for v in values if v["Name"] == p["Name"]]] for p in described}

      def picture(self):
          """All that Weir could have touched, field for field, without what no two reads share."""
          told = ["deployments", "events", "taskSets", "currentServiceRevisions"]
          names = ("pythonide", "pythonide-staging")
          return {
              "services": [without(self.service(n), *told) for n in names],
              "tasks": [self.task(n) for n in names],
              "targets": [without(t, "CreationTime", "ScalableTargetARN") for t in self.targets()],
              "policies": [with_default(without(p, "CreationTime", "PolicyARN", "Alarms"))
                           for p in self.policies()],
              "actions": sorted([without(a, "CreationTime", "ScheduledActionARN") for a in self.actions()],
                                key=lambda action: action["ScheduledActionName"]),
              "lifecycle": self.lifecycle(), "budget": self.budget(), "parameters": self.parameters(),
              "alarms": len(self("cloudwatch").describe_alarms()["MetricAlarms"])}

      def settled(self):
          """The picture without the count, which follows the bounds and is the autoscaler's."""
          picture = self.picture()
          counts = ("desiredCount", "runningCount", "pendingCount")
          picture["services"] = [without(s, *counts) for s in picture["services"]]
          return picture

      def essence(self):
          """What is settled, without what AWS itself writes into each new revision of a task."""
          picture = self.settled()
          picture["services"] = [without(s, "taskDefinition") for s in picture["services"]]
          picture["tasks"] = [changed(t) for t in picture["tasks"]]
          if "Rules" in picture["lifecycle"]:
              picture["lifecycle"]["Rules"].sort(key=lambda rule: rule["ID"])
          return picture

  def with_default(policy):
      """A policy with what AWS takes where nothing is said."""
      policy["TargetTrackingScalingPolicyConfiguration"].setdefault("DisableScaleIn", False)
      return policy

  def without(value, *names):
      return {k: v for k, v in value.items() if k not in names}

  def changed(value, *names):
      """A task definition without what AWS itself writes into a revision, and without `names`."""
      own = ("taskDefinitionArn", "revision", "registeredAt", "registeredBy", "deregisteredAt")
      return without(value, *own, *names)

  class Handler(http.server.BaseHTTPRequestHandler):
      protocol_version = "HTTP/1.1"

      def log_message(self, *_):
          pass

      def do_POST(self):
          q = json.loads(self.rfile.read(int(self.headers["content-length"])))
          aws = Account(q)
          scope = {"aws": aws, "json": json, "text": q.get("text", ""), "without": without,
                   "changed": changed, "time": time}
          if "script" in q:
              scope["case"] = types.SimpleNamespace(**runpy.run_path(q["script"]))
          try:
              status, answer = 200, json.dumps(eval(q["say"], scope), sort_keys=True, default=str)
          except Exception as error:
              status, answer = 500, f"{q['say']}: {type(error).__name__}: {error}"
          data = answer.encode()
          self.send_response(status)
          self.send_header("content-length", str(len(data)))
          self.end_headers()
          self.wfile.write(data)

  server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
  server.daemon_threads = True
  threading.Thread(target=server.serve_forever, daemon=True).start()
  path, parent = sys.argv[sys.argv.index("--port-file") + 1], os.getppid()
  with open(path, "w") as file:
      file.write(f"{server.server_address[1]}\n")
  while os.getppid() == parent:
      time.sleep(0.5)
  """#
