# load_modules LIST: loads the modules that /modules/LIST names, each with what it needs before it.
load_modules() { while read -r module; do insmod "/modules/$module" 2>/dev/null; done < "/modules/$1"; }
