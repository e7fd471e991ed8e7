@nova @api
Feature: Images
  The image service shows the stock images and the project's own, filtered, sorted and by pages.

  Rule: A project sees public images, its own, and shared ones that it has accepted

    Scenario Outline: The image service's <path> lists <images>
      Given these images in the cloud: Nadia's private "Mine", Bo's private "Foreign", Bo's community "Everybody's", Bo's shared "Offered", Nadia's hidden "Old"
      When Nadia's program asks the image service for GET <path>
      Then the cloud's answer lists <images>

      Examples:
        | path                             | images                                 |
        | /v2/images                       | ["Windows Server (stand-in)", "Mine"]  |
        | /v2/images?visibility=private    | ["Mine"]                               |
        | /v2/images?visibility=public     | ["Windows Server (stand-in)"]          |
        | /v2/images?visibility=community  | ["Everybody's"]                        |
        | /v2/images?os_hidden=true        | ["Old"]                                |
        | /v2/images?owner={project}       | ["Mine"]                               |
        | /v2/images?name=Mine             | ["Mine"]                               |
        | /v2/images?name=in:Mine,Offered  | ["Mine"]                               |
        | /v2/images?status=queued         | []                                     |
        | /v2/images?os_type=windows&size_max=2000000000 | ["Mine"]                 |
        | /v2/images?sort=name:asc         | ["Mine", "Windows Server (stand-in)"]  |
        | /v2/images?sort_key=size&sort_dir=desc | ["Windows Server (stand-in)", "Mine"] |
        | /v2/images?limit=1               | ["Windows Server (stand-in)"]          |
        | /v2/images?limit=1&marker={image} | ["Mine"]                              |

    Example: A page tells where the next one is
      Given the image "Mine" of Nadia's project is private
      When Nadia's program asks the image service for GET /v2/images?limit=1
      Then the cloud's answer holds {"first":"/v2/images?limit=1","next":"/v2/images?limit=1&marker={image}","schema":"/v2/schemas/images"}

    Scenario Outline: The image service answers <call> with <status>
      Given the image "Mine" of Nadia's project is private
      When Nadia's program asks the image service for <call>
      Then the cloud answers <status> "<message>"

      Examples:
        | call                                   | status | message                                               |
        | GET /v2/images/none                    | 404    | No image found with ID none                           |
        | GET /v2/images?limit=x                 | 400    | limit param must be an integer                        |
        | GET /v2/images?limit=-1                | 400    | limit param must be positive                          |
        | GET /v2/images?marker=none             | 400    | No image found with ID none                           |
        | GET /v2/images?visibility=none         | 400    | Invalid visibility value: none                        |
        | GET /v2/images?sort=none               | 400    | Invalid sort key: none. It must be one of the following: name, status, container_format, disk_format, size, id, created_at, updated_at. |
        | GET /v2/images?sort_key=id&sort_dir=up | 400    | Invalid sort direction: up                            |
        | GET /v2/images?member_status=none      | 400    | Invalid status: none                                  |
        | GET /v2/images/{Mine}/members          | 403    | Not allowed to list members for image {Mine}: Only shared images have members. |
        | DELETE /v2/images/{image}              | 403    | You are not authorized to complete delete_image action. |
        | GET /v2/schemas/none                   | 404    | The resource could not be found.                      |
        | PUT /v2/images                         | 405    | The method is not allowed for the requested URL.      |

  Rule: A shared image is its member's once the member has accepted it

    Example: Offered, accepted, listed
      Given the image "Offered" of Bo's project is shared
      And Bo's program offers the image {Offered} to Nadia's project
      When Nadia's program accepts the image {Offered}
      Then Nadia's program finds the image {Offered} in its list

    Example: The owner does not accept for the member
      Given the image "Offered" of Bo's project is shared
      And Bo's program offers the image {Offered} to Nadia's project
      When Bo's program asks the image service for PUT /v2/images/{Offered}/members/{project} with {"status":"accepted"}
      Then the cloud answers 403 "Not allowed to update members for image {Offered}: You are not permitted to modify 'status' on this image member."

  Rule: The documents that clients learn from are there

    Scenario Outline: The image service answers <person>'s GET <path> with <status>
      Given Nadia has a server in the cloud
      When <person>'s program asks the image service for GET <path>
      Then the cloud answers <status>

      Examples:
        | person | path              | status |
        | Nobody | /                 | 300    |
        | Nobody | /versions         | 300    |
        | Nobody | /v2/images        | 401    |
        | Nadia  | /v2/schemas/image  | 200   |
        | Nadia  | /v2/schemas/images | 200   |
        | Nadia  | /v2/schemas/member | 200   |
