"""File systems of two applications. EFS takes one decrease a day, so that each has a part of its own."""

OURS = ["web", "shared", "data", "cold"]


def make(aws, name, app, **more):
    made = aws("efs").create_file_system(
        CreationToken=name, Tags=[{"Key": "Name", "Value": name}, {"Key": "app", "Value": app}], **more)
    return made["FileSystemId"]


def setup(aws):
    make(aws, "web", "web", ThroughputMode="provisioned", ProvisionedThroughputInMibps=5)
    make(aws, "shared", "shared", ThroughputMode="provisioned", ProvisionedThroughputInMibps=8)
    make(aws, "data", "data", ThroughputMode="provisioned", ProvisionedThroughputInMibps=10)
    cold = make(aws, "cold", "cold")
    other = make(aws, "other", "other")
    primary = {"TransitionToPrimaryStorageClass": "AFTER_1_ACCESS"}
    for name in (cold, other):
        aws("efs").put_lifecycle_configuration(FileSystemId=name, LifecyclePolicies=[primary])


def look(aws):
    found = {}
    for system in aws("efs").describe_file_systems()["FileSystems"]:
        name = system["FileSystemId"]
        rules = aws("efs").describe_lifecycle_configuration(FileSystemId=name)["LifecyclePolicies"]
        found[system["Name"]] = {
            "id": name, "mode": system["ThroughputMode"], "speed": system.get("ProvisionedThroughputInMibps"),
            "rules": {k: v for rule in rules for k, v in rule.items()},
        }
    return found


def picture(aws):
    found = look(aws)
    kept = {name: found[name]["rules"].pop("TransitionToPrimaryStorageClass", None) for name in found}
    for system in found.values():
        del system["id"]
    return {"owned": {name: found.pop(name) for name in OURS}, "rest": [found, kept]}


def meddle(aws):
    found = look(aws)
    aws("efs").update_file_system(FileSystemId=found["shared"]["id"], ProvisionedThroughputInMibps=20)
    aws("efs").put_lifecycle_configuration(FileSystemId=found["cold"]["id"], LifecyclePolicies=[
        {"TransitionToIA": "AFTER_90_DAYS"}, {"TransitionToPrimaryStorageClass": "AFTER_1_ACCESS"}])
    aws("efs").put_lifecycle_configuration(FileSystemId=found["other"]["id"], LifecyclePolicies=[])
