"""A sweep through Slurm beside the same one by local workers: `make test-slurm`.

Starts a cluster of two nodes in a folder, without munge, cgroups or root's services; submits the sweep; queues running tasks
again, kills a node's daemon with what runs there, and lets time limits end tasks. At the end all files must be the same bytes.
"""

import argparse
import getpass
import hashlib
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SPEC = """\
name: small
seed: 3
dataset: {gaussian_ring: {samples: 2560}}
latent: {dim: 8}
generator:
  - dense: {units: 256, activation: relu}
  - batch_norm
  - dense: {units: 2}
discriminator:
  - dense: {units: 256, activation: leaky_relu}
  - dropout: {rate: 0.2}
  - dense: {units: 1}
optimizers: {generator: adam, discriminator: adam}
training: {batch_size: 256, epochs: 8}
record: {sample_count: 100}
"""

SWEEP = """\
evaluation: {every: 10, samples: 500}
sweep:
  base: small.yaml
  method: halving
  trials: %d
  seeds: [0, 1]
  objective: {metric: mode_divergence}
  parameters:
    optimizers.generator.adam.learning_rate: {log_uniform: [1e-4, 1e-2]}
    loss: {choice: [non_saturating, hinge]}
  halving: {from: %d epochs, to: %d epochs, factor: 2}
  then: {best: 1, seeds: [10, 11]}
"""

CONFIGURATION = """\
ClusterName=here
SlurmctldHost={host}
SlurmctldPort=17000
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/none
CredType=cred/none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
ReturnToService=2
SlurmdTimeout=10
InactiveLimit=0
KillWait=5
MinJobAge=300
SchedulerParameters=batch_sched_delay=1,sched_interval=2,bf_interval=2
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
NodeName=n1 NodeHostname={host} NodeAddr=127.0.0.1 Port=17001 CPUs=1 RealMemory=2000
NodeName=n2 NodeHostname={host} NodeAddr=127.0.0.1 Port=17002 CPUs=1 RealMemory=2000
PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
"""


def no_slurm(reason):
    """Ends where this machine has no Slurm that works, which says nothing of the program."""
    print(f"skipped: {reason}", file=sys.stderr)
    sys.exit(77)


class Cluster:
    def __init__(self, folder):
        self.folder = folder
        self.file = folder / "slurm.conf"
        self.file.write_text(CONFIGURATION.format(host=socket.gethostname().split(".")[0], folder=folder, user=getpass.getuser()))
        (folder / "state").mkdir()
        self.environment = {**os.environ, "SLURM_CONF": str(self.file)}

    def start(self):
        if not shutil.which("slurmctld") or not shutil.which("slurmd"):
            no_slurm("there is no slurmctld or slurmd")
        self.run("slurmctld", "-f", self.file, "-c")
        for node in ("n1", "n2"):
            self.start_node(node)
        for _ in range(100):
            if self.run("sinfo", "-h", "-o", "%D %t").split() == ["2", "idle"]:
                return
            time.sleep(0.3)
        no_slurm("the nodes are not idle: " + self.run("sinfo", check=False))

    def start_node(self, node):
        (self.folder / f"spool-{node}").mkdir(exist_ok=True)
        self.run("slurmd", "-f", self.file, "-N", node)

    def kill_node(self, node):
        """Kills the daemon of a node, and what runs there, as a power cut does."""
        pid = int((self.folder / f"slurmd-{node}.pid").read_text())
        own = subprocess.run(["pgrep", "-f", f"slurmstepd.*"], capture_output=True, text=True).stdout.split()
        os.kill(pid, 9)
        for step in own:
            environment = Path(f"/proc/{step}/cmdline")
            try:
                subprocess.run(["pkill", "-KILL", "-P", step])
                if environment.exists():
                    os.kill(int(step), 9)
            except ProcessLookupError:
                pass
        time.sleep(1)
        self.start_node(node)

    def run(self, *words, check=True):
        result = subprocess.run(
            list(map(str, words)), capture_output=True, text=True, env=self.environment, stdin=subprocess.DEVNULL)
        if check and result.returncode:
            sys.exit(f"{' '.join(map(str, words))}: {result.stderr or result.stdout}")
        return result.stdout

    def running(self, job):
        return self.run("squeue", "-h", "-r", "-j", job, "-t", "R", "-o", "%K", check=False).split()

    def waiting(self, job):
        return self.run("squeue", "-h", "-r", "-j", job, "-o", "%K", check=False).split()

    def stop(self):
        for file in self.folder.glob("*.pid"):
            try:
                os.kill(int(file.read_text()), 15)
            except (ProcessLookupError, ValueError):
                pass
        time.sleep(1)


def evidence(folder):
    """The digests of the files that must be the same however the sweep was trained."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".csv", ".safetensors") and path.name != "timing.csv" or path.name.startswith("best"):
            found[str(path.relative_to(folder))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--blows", type=int, default=6, help="how often a task is disturbed")
    parser.add_argument("--trials", type=int, default=8)
    options = parser.parse_args()
    random.seed(1)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "small.yaml").write_text(SPEC)
        (folder / "search.yaml").write_text(SWEEP % (options.trials, 20, 80 if options.trials >= 8 else 40))
        program = Path(options.program).resolve()

        def sweep(*words, environment=None):
            result = subprocess.run(
                [program, "sweep", "search.yaml", *words], cwd=folder, capture_output=True, text=True, env=environment)
            if result.returncode:
                sys.exit(f"{' '.join(words)}: {result.returncode}: {result.stderr}")
            return result

        start = time.time()
        sweep("--runs", "Local", "--quiet")
        print(f"local workers: {time.time() - start:.0f} s", flush=True)
        cluster = Cluster(folder)
        cluster.start()
        try:
            start = time.time()
            said = sweep("--runs", "Runs", "--slurm", "--jobs", "2", environment=cluster.environment).stderr
            job = said.split()[1].rstrip(";")
            print(f"job {job} begins after {time.time() - start:.1f} s", flush=True)
            blows = 0
            while cluster.waiting(job):
                time.sleep(random.uniform(1, 3))
                running = cluster.running(job)
                if blows < options.blows and running:
                    kind = ("requeue", "limit", "node")[blows % 3]
                    task = random.choice(running)
                    if kind == "requeue":
                        cluster.run("scontrol", "requeue", f"{job}_{task}", check=False)
                    elif kind == "limit":
                        # What Slurm sends before the time limit.
                        cluster.run("scancel", "--batch", "--signal=USR1", f"{job}_{task}", check=False)
                    else:
                        cluster.kill_node(random.choice(("n1", "n2")))
                    blows += 1
                    print(f"{kind} of task {task}", flush=True)
                if time.time() - start > 900:
                    sys.exit("the job does not end: " + cluster.run("squeue"))
            # What nobody was left for.
            status = sweep("--runs", "Runs", "--status", environment=cluster.environment).stdout
            print(status.split("\n")[0], flush=True)
            print(f"Slurm: {time.time() - start:.0f} s, {blows} blows", flush=True)
            local, through = evidence(folder / "Local/search"), evidence(folder / "Runs/search")
            different = sorted(name for name in local.keys() | through.keys() if local.get(name) != through.get(name))
            if different:
                for file in sorted((folder / "Runs/search").glob("slurm-*.txt")):
                    print(file.name, file.read_text()[-1500:])
                shutil.copytree(folder, "/tmp/slurm-failed", dirs_exist_ok=True)
                sys.exit(f"{len(different)} files differ, such as {different[:5]}")
            print(f"{len(local)} files are the same bytes")
        finally:
            cluster.run("scancel", "-u", getpass.getuser(), check=False)
            time.sleep(1)
            cluster.stop()


if __name__ == "__main__":
    main()
