from backend.commands import main

main()
