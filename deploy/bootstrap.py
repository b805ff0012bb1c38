"""Makes `.venv`: Python 3.10 and the locked requirements. Needs any Python 3 with venv, nothing else.

    python3 deploy/bootstrap.py run|dev|tools

Python 3.10 is taken from the system or pyenv, else fetched by `uv`, which is installed in a throw-away environment
under `var/`. `tools` makes `var/tools` instead: what checks the project from outside and cannot live beside Rasa's
pins. Nothing is done when the environment already holds what the lock file asks for.
"""

import glob
import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
TOOLS = os.path.join(ROOT, "var", "tools")
UV_HOME = os.path.join(ROOT, "var", "bootstrap")
WANTED = (3, 10)


def main():
    """Make the environment, or say in one sentence why it cannot be made."""
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    lock = os.path.join(ROOT, "requirements", kind + ".txt")
    venv, name, size = (TOOLS, "var/tools", "100 MB") if kind == "tools" else (VENV, ".venv", "1.5 GB")
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
    with open(stamp_of(venv, lock), "w") as stamp:
        stamp.write(digest(lock))


def is_current(venv, lock):
    """Tell whether an environment was made from this lock file, or from the larger one that includes it."""
    dev = os.path.join(ROOT, "requirements", "dev.txt")
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
              "--require-hashes", "-r", os.path.join(ROOT, "requirements", "uv.txt")],
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
