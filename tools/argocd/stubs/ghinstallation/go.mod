module github.com/bradleyfalzon/ghinstallation/v2

go 1.26.0
