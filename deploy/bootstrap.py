"""Makes `.venv`: Python 3.10 and the locked requirements. Needs any Python 3 with venv, nothing else.

    python3 deploy/bootstrap.py run|dev|tools

Python 3.10 is taken from the system or pyenv, else fetched by `uv`, which is installed in a throw-away environment
under `var/`. `tools` makes `var/tools` instead: what checks the project from outside and cannot live beside Rasa's
pins, and in it `node_modules`, what checks and bundles the widget. Nothing is done when the environment already holds
what the lock files ask for.
"""

import glob
import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
REQUIREMENTS = os.path.join(ROOT, "requirements")
VENV = os.path.join(ROOT, ".venv")
TOOLS = os.path.join(ROOT, "var", "tools")
UV_HOME = os.path.join(ROOT, "var", "bootstrap")
WANTED = (3, 10)


def main():
    """Make the environment, or say in one sentence why it cannot be made."""
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    if kind == "tools":
        make_environment(TOOLS, "var/tools", kind, "320 MB")
        make_node_modules()
    else:
        make_environment(VENV, ".venv", kind, "1.5 GB")


def make_environment(venv, name, kind, size):
    """Make a virtual environment that holds what requirements/KIND.txt asks for."""
    lock = os.path.join(REQUIREMENTS, kind + ".txt")
    if is_current(venv, lock):
        return
    uv = find_uv()
    if not os.path.exists(python_of(venv)):
        python = find_python()
        say("Python 3.10: " + (python or "fetching it"))
        call([uv, "venv", "--quiet", "--python", python or "3.10", venv], "Python 3.10 was not found and could not be "
             "fetched. Install it (for example `pyenv install 3.10`) and run this again.")
    say("Installing the requirements into " + name + " (about " + size + ", a few minutes on a slow line)")
    call([uv, "pip", "sync", "--require-hashes", "--python", python_of(venv), lock], "The requirements could not be "
         "installed; the lines above say which. Check the connection and run this again.")
    write_stamp(venv, lock)


def make_node_modules():
    """Install into var/tools what package-lock.json asks for, with the npm that is there; no package's script runs."""
    lock = os.path.join(REQUIREMENTS, "package-lock.json")
    if is_current(TOOLS, lock):
        return
    for name in ("package.json", "package-lock.json"):
        shutil.copy(os.path.join(REQUIREMENTS, name), TOOLS)
    npm = [os.path.join(TOOLS, "bin", "npm"), "--prefix", TOOLS, "--ignore-scripts", "--no-audit", "--no-fund"]
    call([*npm, "--loglevel=error", "ci"], "TypeScript and esbuild could not be installed. Check the connection and "
         "run this again.")
    write_stamp(TOOLS, lock)


def write_stamp(venv, lock):
    """Remember that an environment holds what a lock file asks for."""
    with open(stamp_of(venv, lock), "w") as stamp:
        stamp.write(digest(lock))


def is_current(venv, lock):
    """Tell whether an environment was made from this lock file, or from the larger one that includes it."""
    dev = os.path.join(REQUIREMENTS, "dev.txt")
    for candidate in (lock, dev):
        try:
            with open(stamp_of(venv, candidate)) as stamp:
                if stamp.read() == digest(candidate):
                    return True
        except OSError:
            continue
    return False


def find_python():
    """Return the path of a Python 3.10, or None."""
    pyenv = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
    found = [sys.executable, shutil.which("python3.10")]
    found += sorted(glob.glob(os.path.join(pyenv, "versions", "3.10*", "bin", "python")), reverse=True)
    return next((path for path in found if path and version_of(path) == WANTED), None)


def version_of(python):
    """Return (major, minor) of an interpreter, or None when it does not run."""
    code = "import sys, venv; print(*sys.version_info[:2])"
    try:
        out = subprocess.run([python, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=30)
        return tuple(int(part) for part in out.stdout.split())
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def find_uv():
    """Return the path of `uv`, installed first if it is missing."""
    uv = os.path.join(UV_HOME, "bin", "uv")
    if not os.path.exists(uv):
        say("Preparing the installer")
        call([sys.executable, "-m", "venv", UV_HOME], "This Python has no venv module. Install it (on Debian and "
             "Ubuntu: `apt install python3-venv`) and run this again.")
        call([os.path.join(UV_HOME, "bin", "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
              "--require-hashes", "-r", os.path.join(REQUIREMENTS, "uv.txt")],
             "The installer could not be fetched. Check the connection and run this again.")
    return uv


def call(command, complaint):
    """Run a command; on failure, print one sentence and stop."""
    if subprocess.run(command, cwd=ROOT).returncode != 0:
        sys.exit(complaint)


def stamp_of(venv, lock):
    """Return the file that remembers which lock file an environment was made from."""
    return os.path.join(venv, "locked-" + os.path.basename(lock))


def digest(path):
    """Return the hash of a file."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def python_of(venv):
    """Return the interpreter of a virtual environment."""
    return os.path.join(venv, "bin", "python")


def say(text):
    """Print a line of progress."""
    print("» " + text, flush=True)


if __name__ == "__main__":
    main()
